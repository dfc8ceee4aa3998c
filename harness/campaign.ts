import { hashText, observationsOf } from '#core';
import type { History, Profile, Reference, Row, Scenario, Target } from '#core';
import { checkRow } from './check.ts';
import type { LoadedScenario } from './load.ts';
import { run } from './run.ts';
import type { RunResult } from './run.ts';

/** All runs of one scenario on one target in one profile: friendly first, then the adverse schedules. */
export interface CampaignPlan {
  readonly loaded: LoadedScenario;
  readonly target: Target;
  readonly profile: string;
  readonly seed: number;
  /** How many adverse schedules, each with the scenario's `small` parameters and every permission. */
  readonly schedules: number;
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Plays the runs one after another, so that two runs of one scenario never meet on a shared server. What
 * NATS did in the act is not in them yet: see `withReference`.
 */
export async function playCampaign(
  plan: CampaignPlan,
  { signal }: { readonly signal: AbortSignal },
): Promise<readonly RunResult[]> {
  const { loaded, target, profile, versions } = plan;
  const results: RunResult[] = [];
  for (const seed of ['friendly' as const, ...adverseSeeds(plan)]) {
    results.push(
      await run(
        {
          scenario: loaded.scenario,
          run: { scenario: loaded.id, profile, seed },
          target,
          parameters: parametersOf(loaded.scenario, target, seed),
          versions,
          reference: {},
        },
        { signal },
      ),
    );
  }
  return results;
}

function parametersOf({ parameters, small, slow }: Scenario, target: Target, seed: number | 'friendly'): unknown {
  if (target.slow === true) return slow ?? small;
  return seed === 'friendly' ? parameters : small;
}

/** Seeds of the adverse schedules: the same for the same scenario and seed, whatever else runs. */
export function adverseSeeds({
  loaded,
  profile,
  seed,
  schedules,
}: Pick<CampaignPlan, 'loaded' | 'profile' | 'seed' | 'schedules'>): readonly number[] {
  return Array.from({ length: schedules }, (_, index) => hashText(`${seed} ${loaded.id} ${profile} ${index}`));
}

/** What NATS was observed to do in each row of its friendly run, as words to compare with. */
export function referenceOf(rows: readonly Row[], history: History): Reference {
  return Object.fromEntries(
    rows.map((row) => {
      const verdicts = Object.entries(checkRow(row, history)).map(([name, verdict]) => ({ name, verdict }));
      const words = Object.entries(observationsOf(verdicts)).map(([name, { word }]) => [name, word] as const);
      return [row.id, Object.fromEntries(words)] as const;
    }),
  );
}

/** The one run that an act has on NATS, friendly. */
export async function playOnNats(
  { loaded, target, versions }: Pick<CampaignPlan, 'loaded' | 'target' | 'versions'>,
  { signal }: { readonly signal: AbortSignal },
): Promise<RunResult> {
  const plan = { loaded, target, profile: 'nats', seed: 0, schedules: 0, versions };
  return friendlyOf(await playCampaign(plan, { signal }));
}

/** A campaign's first run. */
export function friendlyOf([run]: readonly RunResult[]): RunResult {
  if (run === undefined) throw new Error('a campaign has no friendly run');
  return run;
}

/** The run with what NATS was observed to do beside it, which its rows are judged by. */
export function withReference(run: RunResult, reference: Reference): RunResult {
  const { header, events } = run.history;
  return { ...run, history: { header: { ...header, reference }, events } };
}

/** Whether the profile has a call for the row's act at all. */
export function isExpressible(row: Row, profile: Profile): boolean {
  return row.requires.every((capability) => profile[capability].level !== 'none');
}
