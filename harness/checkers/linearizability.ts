/**
 * A sequential object. `step` answers `undefined` where the operation cannot have ended as it did in that state; it is
 * pure. Two states with the same `key` are the same state.
 */
export interface Model<State, Operation> {
  readonly init: State;
  readonly step: (state: State, operation: Operation) => State | undefined;
  readonly key: (state: State) => string;
}

/**
 * An operation and the closed interval in which it took effect. One that is not `required` may have taken effect at any
 * time after its call, or never: nobody saw how it ended.
 */
export interface Interval<Operation> {
  readonly operation: Operation;
  readonly call: number;
  readonly end: number;
  readonly required: boolean;
  /** It can change the state; without it an observer. */
  readonly effect: boolean;
}

export interface Answer {
  readonly linearizable: boolean | 'unknown';
  /** How many states the search visited. */
  readonly states: number;
}

/**
 * Is there an order of the operations, each within its interval, that the model can step through?
 *
 * The search of Wing and Gong with Lowe's memory of visited configurations; `unknown` after `statesMax` of them.
 * Exponential at worst, in the number of operations that overlap.
 *
 * @see https://doi.org/10.1002/cpe.3928 (Lowe, Testing for linearizability, 2017)
 */
export function linearize<State, Operation>(
  model: Model<State, Operation>,
  intervals: readonly Interval<Operation>[],
  { statesMax }: { readonly statesMax: number },
): Answer {
  const operations = [...intervals].sort((a, b) => a.call - b.call);
  const timeline = createTimeline(operations);
  const visited = new Set<number | string>();
  const done = createBits(operations.length);
  const stateIds = new Map<string, number>();
  const path: { readonly index: number; readonly state: State; readonly id: number }[] = [];
  let remaining = operations.filter(({ required }) => required).length;
  let state = model.init;
  let stateId = idOf(model.key(state), stateIds);
  let entry = timeline.first();

  while (remaining > 0) {
    const operation = timeline.isCall(entry) ? operations[entry] : undefined;
    if (operation !== undefined) {
      const next = model.step(state, operation.operation);
      const nextId = next === undefined ? -1 : idOf(model.key(next), stateIds);
      if (next !== undefined && (operation.required || nextId !== stateId)) {
        done.add(entry);
        const configuration = done.key(nextId);
        if (!visited.has(configuration)) {
          if (visited.size === statesMax) return { linearizable: 'unknown', states: statesMax };
          visited.add(configuration);
          path.push({ index: entry, state, id: stateId });
          timeline.lift(entry);
          if (operation.required) remaining -= 1;
          state = next;
          stateId = nextId;
          entry = timeline.first();
          continue;
        }
        done.remove(entry);
      }
      entry = timeline.after(entry);
      continue;
    }
    const last = path.pop();
    if (last === undefined) return { linearizable: false, states: visited.size };
    done.remove(last.index);
    timeline.unlift(last.index);
    if (operations[last.index]?.required === true) remaining += 1;
    state = last.state;
    stateId = last.id;
    entry = timeline.after(last.index);
  }
  return { linearizable: true, states: visited.size };
}

function idOf(key: string, ids: Map<string, number>): number {
  const found = ids.get(key);
  if (found !== undefined) return found;
  ids.set(key, ids.size);
  return ids.size - 1;
}

/**
 * Calls and returns in the order of time, as a list from which an operation can be lifted and put back. Entry `i` is the
 * call of operation `i`; returns have higher numbers, and operations that are not required have none.
 */
function createTimeline(operations: readonly Interval<unknown>[]) {
  const count = operations.length;
  const head = 2 * count;
  const entries: number[] = [];
  for (const [index, { end, required }] of operations.entries()) {
    entries.push(index);
    if (required && end !== Infinity) entries.push(count + index);
  }
  // A call at the time of an end comes before it: intervals are closed.
  const timeOf = (entry: number): number => operations[entry]?.call ?? operations[entry - count]?.end ?? Infinity;
  entries.sort((a, b) => timeOf(a) - timeOf(b) || a - b);
  const next = new Int32Array(head + 1).fill(-1);
  const previous = new Int32Array(head + 1).fill(-1);
  const hasReturn = new Uint8Array(count);
  let last = head;
  for (const entry of entries) {
    next[last] = entry;
    previous[entry] = last;
    if (entry >= count) hasReturn[entry - count] = 1;
    last = entry;
  }

  function unlink(entry: number): void {
    const before = previous[entry] ?? -1;
    const after = next[entry] ?? -1;
    next[before] = after;
    if (after !== -1) previous[after] = before;
  }

  function relink(entry: number): void {
    const before = previous[entry] ?? -1;
    const after = next[entry] ?? -1;
    next[before] = entry;
    if (after !== -1) previous[after] = entry;
  }

  return {
    first: (): number => next[head] ?? -1,
    after: (entry: number): number => next[entry] ?? -1,
    isCall: (entry: number): boolean => entry !== -1 && entry < count,
    lift(index: number): void {
      unlink(index);
      if (hasReturn[index] === 1) unlink(count + index);
    },
    unlift(index: number): void {
      if (hasReturn[index] === 1) relink(count + index);
      relink(index);
    },
  };
}

/**
 * A set of numbers below `size`, with a key that is the same for the same set and the same `tag`: a number where what is
 * in the set beyond an unbroken beginning spans 32 or less, as it nearly always does, else a text.
 */
function createBits(size: number) {
  const words = new Int32Array((size >>> 5) + 2);
  /** The least number that is not in the set. */
  let base = 0;
  /** The greatest that is; -1 where none is. */
  let highest = -1;
  const has = (item: number): boolean => (((words[item >>> 5] ?? 0) >>> (item & 31)) & 1) === 1;

  function window(): number {
    const shift = base & 31;
    const low = (words[base >>> 5] ?? 0) >>> shift;
    return shift === 0 ? low : (low | ((words[(base >>> 5) + 1] ?? 0) << (32 - shift))) >>> 0;
  }

  return {
    add(item: number): void {
      words[item >>> 5] = (words[item >>> 5] ?? 0) | (1 << (item & 31));
      if (item > highest) highest = item;
      while (has(base)) base += 1;
    },
    remove(item: number): void {
      words[item >>> 5] = (words[item >>> 5] ?? 0) & ~(1 << (item & 31));
      if (item < base) base = item;
      while (highest >= 0 && !has(highest)) highest -= 1;
    },
    key(tag: number): number | string {
      const place = tag * (size + 1) + base;
      if (highest - base < 32 && place < 2 ** 21) return place * 2 ** 32 + window();
      let text = `${tag} ${base}`;
      for (let word = base >>> 5; word <= highest >>> 5; word += 1) text += ` ${words[word]}`;
      return text;
    },
  };
}
