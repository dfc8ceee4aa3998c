import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseHistory, UsageError } from '#core';
import type { History, Judgement, Row } from '#core';
import { awsProfiles } from '../backends/aws/profile.ts';
import { natsProfile } from '../backends/nats/profile.ts';
import { judgeHistory } from '../check.ts';
import { loadScenarios, suitesFolder } from '../load.ts';
import type { LoadedScenario } from '../load.ts';
import type { Command } from './command.ts';

export const check: Command = {
  help: `usage: parallax check HISTORY.jsonl… [--json]

Re-judges stored histories with the checkers of this version; no server is needed.

exit: 0 no gap, 1 a gap, 2 unknown, 64 usage
example: parallax check report/histories/embedded/exact/kv/create-once-friendly.jsonl
`,
  async run(argv) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { json: { type: 'boolean' } },
    });
    if (positionals.length === 0) throw new UsageError('no history was given: expected one file or more');
    const scenarios = await loadScenarios(suitesFolder);
    const judged: RowJudgement[] = [];
    for (const file of positionals) {
      const history = parseHistory(await readText(file), file);
      judged.push(...judgeFile(file, history, scenarios));
    }
    process.stdout.write(values.json === true ? `${JSON.stringify(judged, null, 2)}\n` : textOf(judged));
    if (judged.some(({ outcome }) => outcome === 'gap')) return 1;
    return judged.some(({ outcome }) => outcome === 'unknown') ? 2 : 0;
  },
};

interface RowJudgement extends Judgement {
  readonly file: string;
  readonly row: Row['id'];
}

function judgeFile(file: string, history: History, scenarios: readonly LoadedScenario[]): readonly RowJudgement[] {
  const { scenario: id, profile: name } = history.header;
  const loaded = scenarios.find((candidate) => candidate.id === id);
  if (loaded === undefined)
    throw new UsageError(`history '${file}' is of scenario '${id}', which is not in ${suitesFolder}/`);
  const profiles = { ...awsProfiles, nats: natsProfile };
  const profile = Object.entries(profiles).find(([known]) => known === name)?.[1];
  if (profile === undefined) {
    throw new UsageError(
      `history '${file}' is of profile '${name}': expected one of ${Object.keys(profiles).join(', ')}`,
    );
  }
  return loaded.scenario.rows.map((row) => ({
    file,
    row: row.id,
    ...judgeHistory({ row, profile, history }).judgement,
  }));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`history '${file}' cannot be read: expected a file that 'parallax conformance' wrote`, {
      cause: error,
    });
  }
}

function textOf(judged: readonly RowJudgement[]): string {
  return judged
    .map(({ file, row, outcome, reason }) => `${file}: ${row} ${outcome}${reason === undefined ? '' : `: ${reason}`}\n`)
    .join('');
}
