import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isPermissionId, permissions } from 'parallax-emulator';
import { UsageError } from '#core';
import { parseCapsule } from '../explore/capsule.ts';
import type { Capsule } from '../explore/capsule.ts';
import { replay } from '../explore/replay.ts';
import type { Replay } from '../explore/replay.ts';
import { shortestEvidence } from '../report/evidence.ts';
import { laneDiagram } from '../report/lane-diagram.ts';
import { laneText } from '../report/lane-text.ts';
import type { Command } from './command.ts';

export const repro: Command = {
  help: `usage: parallax repro CAPSULE [--json]

Replays a capsule that 'parallax explore' wrote: its choices alone, no seed. Prints the story as lanes, what broke, and
the AWS sentence that permits it.

exit: 0 the gap is gone, 1 it is there, 2 the capsule no longer fits the code, 64 usage
example: parallax repro fixtures/capsules/QG-001-design-duplicated.json
`,
  async run(argv) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { json: { type: 'boolean' } },
    });
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0)
      throw new UsageError(`${positionals.length} capsules were given: expected one`);
    const capsule = parseCapsule(await readText(file), file);
    const result = await replay(capsule, { signal: new AbortController().signal });
    process.stdout.write(
      values.json === true ? `${JSON.stringify(jsonOf(result), null, 2)}\n` : textOf(capsule, result),
    );
    return { there: 1, gone: 0, unfit: 2 }[result.state];
  },
};

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`capsule '${file}' cannot be read: expected a file that 'parallax explore' wrote`, {
      cause: error,
    });
  }
}

function jsonOf(result: Replay) {
  if (result.state === 'unfit') return result;
  const { trial, ...rest } = result;
  return { ...rest, digest: trial.digest, choices: trial.choices };
}

function textOf(capsule: Capsule, result: Replay): string {
  const place = `${capsule.row} ${capsule.profile} (${capsule.scenario})`;
  if (result.state === 'unfit') return `${place}: the capsule no longer fits the code: ${result.reason}\n`;
  if (result.state === 'gone') return `${place}: the gap is gone\n`;
  const { trial, finding, identical } = result;
  const { anomaly, checker } = finding;
  const evidence = shortestEvidence(trial.history, { [checker]: { valid: false, facts: {}, anomalies: [anomaly] } });
  return [
    `${place}: ${anomaly.kind}`,
    `  ${anomaly.message}`,
    '',
    ...(evidence === undefined ? [] : [laneText(laneDiagram(evidence), { width: process.stdout.columns ?? 120 })]),
    '',
    ...[...new Set(trial.choices.map(({ point }) => point))]
      .filter(isPermissionId)
      .map((id) => `permitted by ${id}: ${permissions[id].sentence}\n  ${permissions[id].page}`),
    identical ? 'the same events as in the capsule, byte for byte' : 'other events than in the capsule, the same gap',
    '',
  ].join('\n');
}
