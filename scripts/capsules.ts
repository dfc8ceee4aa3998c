import { readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { profiles } from 'parallax-translator';
import { CapsuleVersionError, formatCapsule, readCapsule } from '../harness/explore/capsule.ts';
import type { Capsule } from '../harness/explore/capsule.ts';
import { scheduleSeed } from '../harness/explore/explore.ts';
import { capsuleName, capsuleOf } from '../harness/explore/keep.ts';
import { findingOf, replay } from '../harness/explore/replay.ts';
import { isStrategyName, portfolioOf } from '../harness/explore/strategies.ts';
import type { StrategyName } from '../harness/explore/strategies.ts';
import { subjectsOf } from '../harness/explore/subjects.ts';
import { play } from '../harness/explore/trial.ts';

const folder = fileURLToPath(new URL('../fixtures/capsules/', import.meta.url));
const { signal } = new AbortController();
const schedulesMax = 1_000;

/**
 * `npm run capsules`: replays every capsule of `fixtures/capsules` and looks again, in the first thousand schedules of its
 * scenario, for what does not come out byte for byte; with `--all`, after a change of the shrinking, for every one. Exit 1
 * where a gap is not found any more: say why before its file goes.
 */
async function main(): Promise<void> {
  const { all } = parseArgs({ options: { all: { type: 'boolean', default: false } } }).values;
  let [same, renewed, missing] = [0, 0, 0];
  for (const name of (await readdir(folder)).toSorted()) {
    const capsule = await readCapsule(folder + name).catch((error: unknown) => {
      if (error instanceof CapsuleVersionError) return undefined;
      throw error;
    });
    const result = capsule && (await replay(capsule, { signal }));
    if (!all && result?.state === 'there' && result.identical) {
      same += 1;
      continue;
    }
    const now = capsule && (await findAgain(capsule));
    if (now === undefined) {
      missing += 1;
      console.log(`MISS ${name}: ${result?.state === 'unfit' ? result.reason : (result?.state ?? 'another version')}`);
      continue;
    }
    renewed += 1;
    console.log(`new  ${name}: ${now.anomaly.message}`);
    await rm(folder + name);
    await writeFile(folder + capsuleName(now), formatCapsule(now));
  }
  console.log(`${same} the same, ${renewed} renewed, ${missing} not found`);
  process.exitCode = missing === 0 ? 0 : 1;
}

async function findAgain(capsule: Capsule): Promise<Capsule | undefined> {
  const subject = await subjectByName(capsule);
  if (subject === undefined) return undefined;
  const parameters = subject.loaded.scenario.small;
  const turns = portfolioOf('portfolio');
  for (let index = 0; index < schedulesMax; index += 1) {
    const seed = index === 0 ? capsule.foundBy.seed : scheduleSeed(1, subject, index - 1);
    const strategy = index === 0 ? strategyOf(capsule.foundBy.strategy) : (turns[index % turns.length] ?? turns[0]);
    const finding = findingOf(capsule, await play(subject, { seed, strategy, parameters }, { signal }));
    if (finding !== undefined) return capsuleOf(subject, { finding, seed, strategy }, { signal });
  }
  return undefined;
}

/** As it was found; a strategy that is no more finds nothing again. */
function strategyOf(name = 'uniform'): StrategyName {
  return isStrategyName(name) ? name : 'uniform';
}

/** The scenario, whatever has become of its parameters. */
async function subjectByName({ scenario, profile }: Capsule) {
  const name = profiles.find((one) => one === profile);
  if (name === undefined) return undefined;
  const subjects = await subjectsOf({ patterns: [], profiles: [name] });
  return subjects.find(({ loaded }) => loaded.id === scenario);
}

await main();
