/** The place of one test in an index. */
export interface Shelf<T> {
  readonly add: (item: T) => void;
  readonly remove: (item: T) => void;
  readonly crowd: () => number;
}

export function mapShelf<K, T>(map: Map<K, T[]>, key: K): Shelf<T> {
  return {
    add(item) {
      const items = map.get(key);
      if (items === undefined) map.set(key, [item]);
      else items.push(item);
    },
    remove(item) {
      const items = map.get(key);
      if (items !== undefined && removeFrom(items, item) === 0) map.delete(key);
    },
    crowd: () => map.get(key)?.length ?? 0,
  };
}

/** Takes out one `item`, which need not be there; answers how many are left. */
export function removeFrom<T>(items: T[], item: T): number {
  const at = items.indexOf(item);
  if (at !== -1) {
    const last = items.pop();
    if (last !== undefined && at < items.length) items[at] = last;
  }
  return items.length;
}

export function append<T>(items: readonly T[] | undefined, into: T[]): void {
  if (items === undefined) return;
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    if (item !== undefined) into.push(item);
  }
}
