/** Chooses a rank in [0, options) by a key of what waits; 0 is the friendly one. */
export type ChooseOrder = (key: string, options: number) => number;

/** What waits at an instant beside others. */
export interface Ranked {
  readonly dueMs: number;
  readonly name: string;
  /** Behind those of its instant that have a lower one; asked for only where there are others. */
  rank: number | undefined;
}

/** So many ranks there are: any order of up to as many wakes is within reach. */
const ranksMax = 8;

/**
 * Ranks what falls due together. The key is of its name, its time since the start and how many of that name came before
 * at that time, so that other wakes do not change it.
 */
export function createInstantOrder(startMs: number, choose: ChooseOrder): (wake: Ranked) => number {
  const counts = new Map<string, number>();
  return (wake) => {
    if (wake.rank === undefined) {
      const instant = `${wake.name}@${wake.dueMs - startMs}`;
      const count = counts.get(instant) ?? 0;
      counts.set(instant, count + 1);
      wake.rank = choose(`${instant}#${count}`, ranksMax);
    }
    return wake.rank;
  };
}
