import { removeFrom } from './item-list.ts';
import type { Shelf } from './item-list.ts';
import { inRange } from './value-test.ts';
import type { PositiveTest } from './value-test.ts';

type Range = Extract<PositiveTest, { kind: 'range' }>;

/** Items filed under ranges of numbers; those around a number are found in the logarithm of their count. */
export interface RangeIndex<T> {
  readonly shelf: (range: Range) => Shelf<T>;
  readonly collect: (value: number, into: T[]) => void;
}

interface Entry<T> {
  readonly range: Range;
  readonly items: T[];
}

/**
 * A balanced search tree, kept as an array sorted by lower bound whose middle is its root, with the highest upper bound
 * below each node; built when a number is looked up after ranges came or went. Those that came last wait in a list.
 */
export function createRangeIndex<T>(): RangeIndex<T> {
  const entries = new Map<string, Entry<T>>();
  let sorted: readonly Entry<T>[] = [];
  let highest: Float64Array = new Float64Array(0);
  let recent: Entry<T>[] = [];
  let gone = 0;

  function build(): void {
    sorted = [...entries.values()].sort((a, b) => a.range.low - b.range.low);
    highest = new Float64Array(sorted.length);
    fill(0, sorted.length);
    recent = [];
    gone = 0;
  }

  function fill(from: number, to: number): number {
    if (from >= to) return -Infinity;
    const middle = (from + to) >> 1;
    const own = sorted[middle]?.range.high ?? -Infinity;
    const below = Math.max(own, fill(from, middle), fill(middle + 1, to));
    highest[middle] = below;
    return below;
  }

  function visit(from: number, to: number, value: number, into: T[]): void {
    if (from >= to) return;
    const middle = (from + to) >> 1;
    if ((highest[middle] ?? -Infinity) < value) return;
    visit(from, middle, value, into);
    const entry = sorted[middle];
    if (entry === undefined || entry.range.low > value) return;
    if (entry.items.length > 0 && inRange(entry.range, value)) into.push(...entry.items);
    visit(middle + 1, to, value, into);
  }

  function create(key: string, range: Range): Entry<T> {
    const entry = { range, items: [] };
    entries.set(key, entry);
    recent.push(entry);
    return entry;
  }

  return {
    shelf(range) {
      const key = `${range.lowOpen ? '(' : '['}${range.low},${range.high}${range.highOpen ? ')' : ']'}`;
      return {
        add: (item) => (entries.get(key) ?? create(key, range)).items.push(item),
        remove(item) {
          const entry = entries.get(key);
          if (entry === undefined || removeFrom(entry.items, item) > 0) return;
          entries.delete(key);
          gone += 1;
        },
        crowd: () => entries.get(key)?.items.length ?? 0,
      };
    },
    collect(value, into) {
      if (entries.size === 0 || Number.isNaN(value)) return;
      // A list as long as this costs a look-up what a new tree costs all of them.
      if (recent.length * recent.length > 16 + entries.size || gone * 2 > sorted.length) build();
      visit(0, sorted.length, value, into);
      for (const { range, items } of recent) if (inRange(range, value)) into.push(...items);
    },
  };
}
