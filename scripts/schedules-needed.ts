import { scheduleSeed } from '../harness/explore/explore.ts';
import type { StrategyName } from '../harness/explore/strategies.ts';
import { play } from '../harness/explore/trial.ts';
import type { GapGroup } from './known-gaps.ts';

/** How many schedules one strategy needed for one gap. */
export interface Needs {
  readonly kind: GapGroup['kind'];
  readonly gap: string;
  readonly scenario: string;
  readonly strategy: string;
  /** The median over the seeds; `null`: half of them or more showed it in none. */
  readonly median: number | null;
  readonly schedulesMax: number;
}

const { signal } = new AbortController();

/**
 * Plays the act's schedules until every gap has been shown, seed after seed. A gap that the first seed does not show
 * within `schedulesMax` is not looked for with the others.
 */
export async function scheduleNeeds(
  { kind, subject, gaps }: GapGroup,
  {
    strategy,
    strategies: [first, ...others],
    seeds,
    schedulesMax,
  }: {
    readonly strategy: string;
    readonly strategies: readonly [StrategyName, ...StrategyName[]];
    readonly seeds: readonly number[];
    readonly schedulesMax: number;
  },
): Promise<readonly Needs[]> {
  const turns = [first, ...others];
  const shown = new Map(gaps.map(({ name }) => [name, Array.of<number>()]));
  const given = new Set<string>();
  for (const seed of seeds) {
    const open = new Set(gaps.filter(({ name }) => !given.has(name)));
    for (let index = 0; index < schedulesMax && open.size > 0; index += 1) {
      const schedule = { seed: scheduleSeed(seed, subject, index), strategy: turns[index % turns.length] ?? first };
      const { findings } = await play(subject, { ...schedule, parameters: subject.loaded.scenario.small }, { signal });
      for (const gap of open) {
        if (!findings.some(gap.isShownBy)) continue;
        open.delete(gap);
        shown.get(gap.name)?.push(index + 1);
      }
    }
    for (const { name } of open) given.add(name);
  }
  return gaps.map(({ name }) => ({
    kind,
    gap: name,
    scenario: subject.loaded.id,
    strategy,
    median: medianOf(shown.get(name) ?? [], seeds.length),
    schedulesMax,
  }));
}

function medianOf(values: readonly number[], of: number): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(of / 2)] ?? null;
}
