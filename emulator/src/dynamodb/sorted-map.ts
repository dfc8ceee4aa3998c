/**
 * A map in the order of its keys' code units: a B+ tree, so that finding, adding, removing and stepping cost O(log n).
 * Leaves that run empty are dropped and half-full ones are left alone, which keeps the height within that of the
 * largest size it ever had.
 */
export interface SortedMap<V> {
  readonly size: number;
  readonly get: (key: string) => V | undefined;
  readonly set: (key: string, value: V) => void;
  /** Whether there was something to delete. */
  readonly delete: (key: string) => boolean;
  /** Entries with `from` ≤ key < `to`, or from high to low. The map must not change while one is being read. */
  readonly entries: (range: KeyRange) => Generator<readonly [string, V], void>;
}

export interface KeyRange {
  readonly from: string;
  /** Without it there is no upper bound. */
  readonly to?: string;
  readonly descending?: boolean;
}

const FANOUT = 64;

interface Leaf<V> {
  readonly keys: string[];
  readonly values: V[];
  next: Leaf<V> | undefined;
  previous: Leaf<V> | undefined;
}

interface Branch<V> {
  /** `keys[i]` is a lower bound of `children[i]`; the first is not looked at. */
  readonly keys: string[];
  readonly children: Node<V>[];
}

type Node<V> = Leaf<V> | Branch<V>;

/** An empty one. */
export function sortedMap<V>(): SortedMap<V> {
  let root: Node<V> = emptyLeaf();
  let size = 0;
  return {
    get size() {
      return size;
    },
    get(key) {
      const leaf = leafOf(root, key);
      const index = lowerBound(leaf.keys, key);
      return leaf.keys[index] === key ? leaf.values[index] : undefined;
    },
    set(key, value) {
      const outcome = insert(root, key, value);
      if (outcome.added) size += 1;
      if (outcome.split !== undefined) {
        root = { keys: ['', outcome.split.key], children: [root, outcome.split.node] };
      }
    },
    delete(key) {
      const removed = remove(root, key);
      if (removed) size -= 1;
      while ('children' in root) {
        const [only, second] = root.children;
        if (only === undefined || second !== undefined) break;
        root = only;
      }
      return removed;
    },
    *entries({ from, to, descending = false }) {
      yield* descending ? downwards(root, from, to) : upwards(root, from, to);
    },
  };
}

function emptyLeaf<V>(): Leaf<V> {
  return { keys: [], values: [], next: undefined, previous: undefined };
}

function* upwards<V>(root: Node<V>, from: string, to: string | undefined): Generator<readonly [string, V], void> {
  let leaf: Leaf<V> | undefined = leafOf(root, from);
  let index = lowerBound(leaf.keys, from);
  while (leaf !== undefined) {
    for (; index < leaf.keys.length; index += 1) {
      const key = leaf.keys[index] ?? '';
      if (to !== undefined && key >= to) return;
      const value = leaf.values[index];
      if (value !== undefined) yield [key, value];
    }
    leaf = leaf.next;
    index = 0;
  }
}

function* downwards<V>(root: Node<V>, from: string, to: string | undefined): Generator<readonly [string, V], void> {
  let leaf: Leaf<V> | undefined = to === undefined ? lastLeaf(root) : leafOf(root, to);
  let index = (to === undefined ? leaf.keys.length : lowerBound(leaf.keys, to)) - 1;
  while (leaf !== undefined) {
    for (; index >= 0; index -= 1) {
      const key = leaf.keys[index] ?? '';
      if (key < from) return;
      const value = leaf.values[index];
      if (value !== undefined) yield [key, value];
    }
    leaf = leaf.previous;
    index = (leaf?.keys.length ?? 0) - 1;
  }
}

function leafOf<V>(root: Node<V>, key: string): Leaf<V> {
  let node = root;
  while ('children' in node) {
    const child: Node<V> | undefined = node.children[childIndex(node, key)];
    if (child === undefined) throw new Error('a branch without children');
    node = child;
  }
  return node;
}

function lastLeaf<V>(root: Node<V>): Leaf<V> {
  let node = root;
  while ('children' in node) {
    const child: Node<V> | undefined = node.children.at(-1);
    if (child === undefined) throw new Error('a branch without children');
    node = child;
  }
  return node;
}

/** Of the first key that is not below `key`. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function childIndex<V>(branch: Branch<V>, key: string): number {
  let low = 1;
  let high = branch.keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((branch.keys[middle] ?? '') <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

interface Insertion<V> {
  readonly added: boolean;
  readonly split?: { readonly key: string; readonly node: Node<V> };
}

function insert<V>(node: Node<V>, key: string, value: V): Insertion<V> {
  if (!('children' in node)) return insertIntoLeaf(node, key, value);
  const index = childIndex(node, key);
  const child = node.children[index];
  if (child === undefined) throw new Error('a branch without children');
  const { added, split } = insert(child, key, value);
  if (split === undefined) return { added };
  node.keys.splice(index + 1, 0, split.key);
  node.children.splice(index + 1, 0, split.node);
  if (node.children.length <= FANOUT) return { added };
  const middle = node.children.length >>> 1;
  const right: Branch<V> = { keys: node.keys.splice(middle), children: node.children.splice(middle) };
  return { added, split: { key: right.keys[0] ?? '', node: right } };
}

function insertIntoLeaf<V>(leaf: Leaf<V>, key: string, value: V): Insertion<V> {
  const index = lowerBound(leaf.keys, key);
  if (leaf.keys[index] === key) {
    leaf.values[index] = value;
    return { added: false };
  }
  leaf.keys.splice(index, 0, key);
  leaf.values.splice(index, 0, value);
  if (leaf.keys.length <= FANOUT) return { added: true };
  // Keys that arrive in order fill their leaves instead of halving them.
  const middle = index === leaf.keys.length - 1 ? leaf.keys.length - 1 : leaf.keys.length >>> 1;
  const right: Leaf<V> = {
    keys: leaf.keys.splice(middle),
    values: leaf.values.splice(middle),
    next: leaf.next,
    previous: leaf,
  };
  if (leaf.next !== undefined) leaf.next.previous = right;
  leaf.next = right;
  return { added: true, split: { key: right.keys[0] ?? '', node: right } };
}

function remove<V>(node: Node<V>, key: string): boolean {
  if (!('children' in node)) {
    const index = lowerBound(node.keys, key);
    if (node.keys[index] !== key) return false;
    node.keys.splice(index, 1);
    node.values.splice(index, 1);
    return true;
  }
  const index = childIndex(node, key);
  const child = node.children[index];
  if (child === undefined || !remove(child, key)) return false;
  if (node.children.length > 1 && isEmpty(child)) {
    unlink(lastLeaf(child));
    node.keys.splice(index, 1);
    node.children.splice(index, 1);
  }
  return true;
}

function isEmpty<V>(node: Node<V>): boolean {
  if (!('children' in node)) return node.keys.length === 0;
  const [only, second] = node.children;
  return second === undefined && only !== undefined && isEmpty(only);
}

function unlink<V>(leaf: Leaf<V>): void {
  if (leaf.previous !== undefined) leaf.previous.next = leaf.next;
  if (leaf.next !== undefined) leaf.next.previous = leaf.previous;
}
