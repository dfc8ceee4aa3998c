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
  const visited = new Set<string>();
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
        const configuration = `${nextId} ${done.key()}`;
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
  const entries = operations
    .flatMap(({ call, end, required }, index) => [
      { at: call, entry: index, isReturn: 0 },
      ...(required && end !== Infinity ? [{ at: end, entry: count + index, isReturn: 1 }] : []),
    ])
    .sort((a, b) => a.at - b.at || a.isReturn - b.isReturn);
  const next = new Int32Array(head + 1).fill(-1);
  const previous = new Int32Array(head + 1).fill(-1);
  const hasReturn = new Uint8Array(count);
  let last = head;
  for (const { entry, isReturn } of entries) {
    next[last] = entry;
    previous[entry] = last;
    if (isReturn === 1) hasReturn[entry - count] = 1;
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

/** A set of numbers below `size` with a text that is the same for the same set; short where the set is nearly a prefix. */
function createBits(size: number) {
  const words = new Int32Array((size >>> 5) + 1);
  /** Every word before it is full. */
  let full = 0;
  /** No word after it holds anything. */
  let highest = 0;
  return {
    add(item: number): void {
      const word = item >>> 5;
      words[word] = (words[word] ?? 0) | (1 << (item & 31));
      if (word > highest) highest = word;
      while (words[full] === -1) full += 1;
    },
    remove(item: number): void {
      const word = item >>> 5;
      words[word] = (words[word] ?? 0) & ~(1 << (item & 31));
      if (word < full) full = word;
      while (highest > 0 && words[highest] === 0) highest -= 1;
    },
    key(): string {
      let text = `${full}`;
      for (let word = full; word <= highest; word += 1) text += `,${words[word]}`;
      return text;
    },
  };
}
