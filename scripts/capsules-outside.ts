import { readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { hashText, realClock } from '#core';
import { readCapsule } from '../harness/explore/capsule.ts';
import type { Capsule } from '../harness/explore/capsule.ts';
import { replay } from '../harness/explore/replay.ts';
import { defaultOptions, parseTarget } from '../harness/options.ts';
import { urlTarget } from '../harness/targets/url.ts';
import { startAws } from '../harness/vitest/aws-place.ts';
import { capsulesPage } from './capsules-page.ts';
import type { Outside } from './capsules-page.ts';

const folder = fileURLToPath(new URL('../fixtures/capsules/', import.meta.url));
/** Each mostly waits until nothing more comes. */
const atOnce = 6;

/**
 * `npm run capsules:outside [--target localstack|URL] [--write]`: replays on a server of AWS every capsule whose choices
 * can all be made around the client, and says which of them show their gap there. Exit 1 where a replay breaks off.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { target: { type: 'string', default: 'localstack' }, write: { type: 'boolean', default: false } },
  });
  const { signal } = new AbortController();
  await using stack = new AsyncDisposableStack();
  const options = { ...defaultOptions, target: parseTarget(values.target) };
  const place = await startAws({ stack, options, signal });
  if (place.kind !== 'url')
    throw new Error(`no target '${values.target}': ${place.kind === 'none' ? place.reason : ''}`);
  const target = urlTarget(place);
  const startMs = realClock.epochMs();
  const waiting = (await readdir(folder)).toSorted();
  const results: Outside[] = [];

  async function playWaiting(): Promise<void> {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const capsule = await readCapsule(folder + name);
      const one = { name, capsule, ...(await outcomeOf(capsule, name)) };
      console.log(`${one.state.padEnd(7)} ${name}${one.reason === undefined ? '' : `: ${one.reason}`}`);
      results.push(one);
    }
  }

  async function outcomeOf(capsule: Capsule, name: string): Promise<Pick<Outside, 'state' | 'reason'>> {
    const seed = hashText(`${startMs} ${name}`);
    const result = await replay(capsule, { target: { target, seed }, signal });
    return result.state === 'unfit' ? { state: 'unfit', reason: result.reason } : { state: result.state };
  }

  await Promise.all(Array.from({ length: atOnce }, playWaiting));
  const count = (state: Outside['state']): number => results.filter((one) => one.state === state).length;
  console.log(
    `${place.name} ${place.version}: ${count('there')} there, ${count('gone')} gone, ${count('unfit')} do not fit`,
  );
  if (values.write) {
    const page = capsulesPage(
      results.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      `${place.name} ${place.version}`,
    );
    await writeFile(new URL('../docs/capsules.md', import.meta.url), page);
  }
}

await main();
