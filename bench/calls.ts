import { parseArgs } from 'node:util';
import { loadScenarios, matching, suitesFolder } from '../harness/load.ts';
import type { LoadedScenario } from '../harness/load.ts';
import { run } from '../harness/run.ts';
import { embeddedTarget } from '../harness/targets/embedded.ts';

/**
 * npm run bench:calls -- [PATTERN…] [--profile exact] [--schedules 10] [--friendly] [--json]
 *
 * AWS calls of one run of each scenario with its `small` parameters, by operation, as the mean of adverse schedules
 * (`--friendly`: of the friendly run): what the translator asks of AWS, set-up and take-down included.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    profile: { type: 'string', default: 'exact' },
    schedules: { type: 'string', default: '10' },
    friendly: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const seeds = values.friendly
  ? (['friendly'] as const)
  : Array.from({ length: Number(values.schedules) }, (_, seed) => seed + 1);
const scenarios = matching(await loadScenarios(suitesFolder), positionals).filter(
  ({ scenario }) => scenario.tags?.includes('scale') !== true,
);

type Counts = ReadonlyMap<string, number>;

const counted = new Map<string, Counts>();
for (const loaded of scenarios) counted.set(loaded.id, await callsOf(loaded));
const mean = sumOf([...counted.values()], 1 / counted.size);
if (values.json) {
  console.log(JSON.stringify(Object.fromEntries([...counted].map(([id, calls]) => [id, Object.fromEntries(calls)]))));
} else {
  for (const [id, calls] of counted) console.log(`${id.padEnd(34)} ${totalOf(calls).toFixed(1).padStart(7)}`);
  console.log(
    `${'median'.padEnd(34)} ${median([...counted.values()].map(totalOf))
      .toFixed(1)
      .padStart(7)}`,
  );
  console.log(`${'mean'.padEnd(34)} ${totalOf(mean).toFixed(1).padStart(7)}`);
  for (const [operation, count] of [...mean].sort(([, a], [, b]) => b - a))
    console.log(`  ${operation.padEnd(32)} ${count.toFixed(2).padStart(7)}`);
}

async function callsOf({ id, scenario }: LoadedScenario): Promise<Counts> {
  const runs: Counts[] = [];
  for (const seed of seeds) {
    const { requests, failure } = await run(
      {
        scenario,
        run: { scenario: id, profile: values.profile, seed },
        target: embeddedTarget,
        parameters: scenario.small,
        versions: {},
        reference: {},
      },
      { signal: new AbortController().signal },
    );
    if (failure !== undefined) throw new Error(`'${id}' broke off: ${failure}`);
    runs.push(new Map(Object.entries(requests)));
  }
  return sumOf(runs, 1 / runs.length);
}

function sumOf(parts: readonly Counts[], weight: number): Counts {
  const sum = new Map<string, number>();
  for (const part of parts) for (const [name, count] of part) sum.set(name, (sum.get(name) ?? 0) + count * weight);
  return sum;
}

function totalOf(calls: Counts): number {
  return calls.values().reduce((total, count) => total + count, 0);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
