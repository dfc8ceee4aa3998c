import type { Target, Verdict } from '#core';
import { checkRow } from '../harness/check.ts';
import type { LoadedScenario } from '../harness/load.ts';
import { run } from '../harness/run.ts';
import { embeddedTarget } from '../harness/targets/embedded.ts';
import { mutatedTarget } from './mutated-target.ts';
import type { SourceMutant } from './source-mutant.ts';

type Seed = number | 'friendly';

/** Adverse schedules in which a mutant is looked for once the friendly run has not shown it. */
export const schedulesMax = 20;

/** What became of a mutant. */
export interface Hunted {
  readonly mutant: SourceMutant;
  /** The first run in which the named checker said false, `undefined` where none did. */
  readonly seed: Seed | undefined;
  /** Runs played, the friendly one included. */
  readonly runs: number;
  /** What the checker said of the mutant. */
  readonly message: string;
  /** What the same checker says of the code as it is, in the run that killed. */
  readonly unmutated: Verdict['valid'] | undefined;
  /** Other checkers of the act that said false in that run, sorted. */
  readonly beside: readonly string[];
}

/** Plays the act on the mutant, friendly first, until the named checker says false; then that run on the code as it is. */
export async function huntMutant(
  mutant: SourceMutant,
  loaded: LoadedScenario,
  { signal }: { readonly signal: AbortSignal },
): Promise<Hunted> {
  const target = await mutatedTarget(mutant);
  const seeds: readonly Seed[] = ['friendly', ...Array.from({ length: schedulesMax }, (_, index) => index + 1)];
  for (const [index, seed] of seeds.entries()) {
    const verdicts = await judge(loaded, { target, profile: mutant.profile, seed, signal });
    const verdict = verdicts.get(mutant.killedBy);
    if (verdict?.valid !== false) continue;
    const clean = await judge(loaded, { target: embeddedTarget, profile: mutant.profile, seed, signal });
    return {
      mutant,
      seed,
      runs: index + 1,
      message: verdict.anomalies[0].message,
      unmutated: clean.get(mutant.killedBy)?.valid,
      beside: falseBy(verdicts).filter((name) => name !== mutant.killedBy),
    };
  }
  return { mutant, seed: undefined, runs: seeds.length, message: '', unmutated: undefined, beside: [] };
}

/** Killed: the named checker says false of the mutant, and true of the code as it is in the same run. */
export function isKilled({ seed, unmutated }: Hunted): boolean {
  return seed !== undefined && unmutated === true;
}

/** By checker, of the rows that NATS promises; of a checker in several rows, a verdict of false before any other. */
export async function judge(
  { id, scenario }: LoadedScenario,
  {
    target,
    profile,
    seed,
    signal,
  }: { readonly target: Target; readonly profile: string; readonly seed: Seed; readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, Verdict>> {
  const { history } = await run(
    {
      scenario,
      run: { scenario: id, profile, seed },
      target,
      parameters: scenario.small,
      versions: {},
      reference: {},
    },
    { signal },
  );
  const verdicts = new Map<string, Verdict>();
  for (const row of scenario.rows.filter(({ level }) => level !== 'MAY')) {
    for (const [name, verdict] of Object.entries(checkRow(row, history))) {
      if (verdicts.get(name)?.valid !== false) verdicts.set(name, verdict);
    }
  }
  return verdicts;
}

function falseBy(verdicts: ReadonlyMap<string, Verdict>): readonly string[] {
  return [...verdicts].flatMap(([name, { valid }]) => (valid === false ? [name] : [])).sort();
}
