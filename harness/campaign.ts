import { hashText } from '#core';
import type { Reference, Target } from '#core';
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
  readonly reference: Reference;
}

export async function campaign(
  plan: CampaignPlan,
  { signal }: { readonly signal: AbortSignal },
): Promise<readonly RunResult[]> {
  const { loaded, target, profile } = plan;
  const results: RunResult[] = [];
  for (const seed of ['friendly' as const, ...adverseSeeds(plan)]) {
    results.push(
      await run(
        {
          scenario: loaded.scenario,
          run: { scenario: loaded.id, profile, seed },
          target,
          parameters: seed === 'friendly' ? loaded.scenario.parameters : loaded.scenario.small,
          versions: plan.versions,
          reference: plan.reference,
        },
        { signal },
      ),
    );
  }
  return results;
}

/** Seeds of the adverse schedules: the same for the same scenario and seed, whatever else runs. */
export function adverseSeeds({ loaded, profile, seed, schedules }: CampaignPlan): readonly number[] {
  return Array.from({ length: schedules }, (_, index) => hashText(`${seed} ${loaded.id} ${profile} ${index}`));
}
