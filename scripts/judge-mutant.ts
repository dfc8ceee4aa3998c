import { fileURLToPath } from 'node:url';
import type { History, Scenario, Verdict } from '#core';
import { memoryTarget } from '../harness/backends/memory/index.ts';
import type { MutantName } from '../harness/backends/memory/mutants.ts';
import { loadScenarios } from '../harness/load.ts';
import type { LoadedScenario } from '../harness/load.ts';
import { run } from '../harness/run.ts';

const statesMax = 200_000;

/** A fault is looked for in a friendly run first; some show by chance, as where a wrong member may be chosen. */
export const hunted = ['friendly', 1, 2, 3, 4] as const;

export interface Judged {
  readonly history: History;
  readonly failure: string | undefined;
  /** By `row checker`. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** Names of the checkers that said false, each once, sorted. */
  readonly falseBy: readonly string[];
}

/** Every scenario of the suites, by its id. */
export async function scenariosById(): Promise<ReadonlyMap<string, LoadedScenario>> {
  const loaded = await loadScenarios(fileURLToPath(new URL('../suites', import.meta.url)));
  return new Map(loaded.map((one) => [one.id, one]));
}

/** Plays the act with its small parameters, or those given, on the back end in memory, right or with one fault, and checks all its rows. */
export async function judgeOnMemory(
  { id, scenario }: LoadedScenario,
  {
    mutant,
    seed,
    parameters = scenario.small,
    signal,
  }: {
    readonly mutant?: MutantName;
    readonly seed: number | 'friendly';
    readonly parameters?: unknown;
    readonly signal: AbortSignal;
  },
): Promise<Judged> {
  const { history, failure } = await run(
    {
      scenario,
      run: { scenario: id, profile: 'memory', seed },
      target: memoryTarget(mutant === undefined ? {} : { mutant }),
      parameters,
      versions: {},
      reference: {},
    },
    { signal },
  );
  const verdicts = new Map(checksOf(scenario).map(([name, check]) => [name, check(history)]));
  const falseBy = [...verdicts].flatMap(([name, { valid }]) => (valid === false ? [name.split(' ')[1] ?? name] : []));
  return { history, failure, verdicts, falseBy: [...new Set(falseBy)].sort() };
}

function checksOf({ rows }: Scenario): readonly (readonly [string, (history: History) => Verdict])[] {
  return rows.flatMap((row) =>
    row.checks.map(
      (checker) => [`${row.id} ${checker.name}`, (history: History) => checker.check(history, { statesMax })] as const,
    ),
  );
}
