// Writes docs/mending.md: which fix of `mended` closes which gap of `design`, alone and among the others, what no fix
// closes, and what each costs in requests and latency. usage: npm run mending -- [PATTERN…] [--schedules N]
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { fixes, isFix } from 'parallax-translator';
import type { Fix, Fixes } from 'parallax-translator';
import { awsProfiles } from '../harness/backends/aws/profile.ts';
import { adverseSeeds, isExpressible } from '../harness/campaign.ts';
import { judgeHistory } from '../harness/check.ts';
import { judgeCell } from '../harness/core/index.ts';
import type { Outcome, Row } from '../harness/core/index.ts';
import { isBroken, mendingPage } from '../harness/docs/mending-page.ts';
import type { Variant } from '../harness/docs/mending-page.ts';
import { loadScenarios, matching, suitesFolder } from '../harness/load.ts';
import type { LoadedScenario } from '../harness/load.ts';
import { run } from '../harness/run.ts';
import { createEmbeddedTarget } from '../harness/targets/embedded.ts';
import { measureMending } from './mending-latency.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { schedules: { type: 'string', default: '6' } },
});
const schedules = Number(values.schedules);
const scenarios = matching(await loadScenarios(suitesFolder), positionals).filter(
  ({ scenario }) => scenario.tags?.includes('scale') !== true,
);
const names = Object.keys(fixes).filter(isFix);
const all = new Set(names);

/** What the acts come to with these fixes made, and what they cost: AWS requests of the friendly runs. */
async function play(made: Fixes, over: readonly LoadedScenario[]): Promise<Variant> {
  const outcomes = new Map<string, Outcome>();
  const requests = new Map<string, number>();
  for (const loaded of over) {
    const results = await playAct(loaded, made);
    for (const row of loaded.scenario.rows) outcomes.set(row.id, outcomeOf(row, results));
    requests.set(loaded.id, sum(Object.values(results[0]?.requests ?? {})));
  }
  return { outcomes, requests };
}

async function playAct(loaded: LoadedScenario, made: Fixes) {
  const target = createEmbeddedTarget({ fixes: made });
  const seeds = adverseSeeds({ loaded, profile: 'mended', seed: 1, schedules });
  const results = [];
  for (const seed of ['friendly' as const, ...seeds]) {
    results.push(
      await run(
        {
          scenario: loaded.scenario,
          run: { scenario: loaded.id, profile: 'mended', seed },
          target,
          parameters: loaded.scenario.small,
          versions: {},
          reference: {},
        },
        { signal: new AbortController().signal },
      ),
    );
  }
  return results;
}

function outcomeOf(row: Row, results: Awaited<ReturnType<typeof playAct>>): Outcome {
  const profile = awsProfiles.mended;
  if (!isExpressible(row, profile)) return 'unsupported';
  const judgements = results.map(
    ({ history, failure }) =>
      judgeHistory({ row, profile, history, ...(failure === undefined ? {} : { failure }) }).judgement,
  );
  return judgeCell(judgements).outcome;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function without(name: Fix): Fixes {
  return new Set(names.filter((other) => other !== name));
}

const none = await play(new Set(), scenarios);
// What is the same in the document is not mended: the variants play the other acts.
const broken = scenarios.filter(({ scenario }) => scenario.rows.some(({ id }) => isBroken(none.outcomes.get(id))));
const mended = await play(all, broken);
const alone = new Map<Fix, Variant>();
const missing = new Map<Fix, Variant>();
for (const name of names) {
  console.error(`${name}: ${fixes[name]}`);
  alone.set(name, await play(new Set([name]), broken));
  missing.set(name, await play(without(name), broken));
}
const latency = await measureMending(
  new Map<Fix | 'all', Fixes>([['all', all], ...names.map((name) => [name, without(name)] as const)]),
);
await writeFile(
  new URL('../docs/mending.md', import.meta.url),
  mendingPage({ scenarios, none, mended, alone, missing, schedules, latency }),
);
