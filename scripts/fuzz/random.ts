/** Chance of one fuzz run: the same seed, the same requests. */
export interface Random {
  /** In [0, 1). */
  readonly unit: () => number;
  /** A whole number in [0, below). */
  readonly below: (below: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  /** True so often. */
  readonly chance: (rate: number) => boolean;
  readonly bytes: (length: number) => Buffer;
}

export function createRandom(unit: () => number): Random {
  const below = (limit: number): number => Math.floor(unit() * limit);
  return {
    unit,
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    chance: (rate) => unit() < rate,
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}
