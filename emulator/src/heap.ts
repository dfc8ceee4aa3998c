/** A binary heap: the least item first. */
export interface Heap<T> {
  readonly peek: () => T | undefined;
  readonly pop: () => T | undefined;
  readonly push: (item: T) => void;
  readonly clear: () => void;
  /** Drops what is not wanted; takes time in proportion to the size. */
  readonly keep: (isWanted: (item: T) => boolean) => void;
  readonly size: () => number;
  /** In no particular order. */
  readonly items: () => readonly T[];
}

export function createHeap<T>(isBefore: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = [];
  const push = (item: T): void => {
    let index = items.length;
    items.push(item);
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || !isBefore(item, parent)) break;
      items[index] = parent;
      index = above;
    }
    items[index] = item;
  };
  return {
    peek: () => items[0],
    pop: () => {
      const first = items[0];
      const last = items.pop();
      if (first !== undefined && last !== undefined && items.length > 0) sink(items, last, isBefore);
      return first;
    },
    push,
    clear: () => {
      items.length = 0;
    },
    keep: (isWanted) => {
      const wanted = items.filter(isWanted);
      items.length = 0;
      for (const item of wanted) push(item);
    },
    size: () => items.length,
    items: () => items,
  };
}

/** Puts `item` where the first one was, and down to its place. */
function sink<T>(items: T[], item: T, isBefore: (a: T, b: T) => boolean): void {
  let index = 0;
  for (;;) {
    const left = items[2 * index + 1];
    const right = items[2 * index + 2];
    const isRight = left !== undefined && right !== undefined && isBefore(right, left);
    const child = isRight ? right : left;
    if (child === undefined || !isBefore(child, item)) break;
    items[index] = child;
    index = 2 * index + (isRight ? 2 : 1);
  }
  items[index] = item;
}
