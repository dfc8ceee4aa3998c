import type { Clock, DueKind } from './clock.ts';
import { createHeap } from './heap.ts';
import type { Heap } from './heap.ts';
import { createInstantOrder } from './instant-order.ts';
import type { ChooseOrder, Ranked } from './instant-order.ts';

/**
 * A clock that stands still until told otherwise. Wakes at equal times come in the order in which they were asked for,
 * where no `order` is given.
 */
export interface VirtualClock extends Clock {
  /** When the next wake of any kind is due. */
  readonly nextDueMs: () => number | undefined;
  /** When the next wake is due that does more than end an idle wait. */
  readonly nextWorkDueMs: () => number | undefined;
  /** What waits and until when, next first, at most `count`. */
  readonly waiting: (count: number) => readonly { readonly name: string; readonly dueMs: number }[];
  /** Goes to the next due time and gives the first wake that is due; returns whether there was one. */
  readonly step: () => boolean;
  /** Gives every wake that is due up to `toMs`, in order, also those asked for on the way, and stays there. What they
   *  start runs on only afterwards; `advance` waits for that. */
  readonly advanceTo: (toMs: number) => void;
}

interface Wake extends Ranked {
  readonly ordinal: number;
  readonly kind: DueKind;
  readonly wake: () => void;
  isCancelled: boolean;
}

/** Starts at 2026-01-01T00:00:00Z where no time is given. */
export function createVirtualClock({
  startMs = Date.UTC(2026, 0, 1),
  order,
}: { readonly startMs?: number; readonly order?: ChooseOrder } = {}): VirtualClock {
  const heaps: Readonly<Record<DueKind, Heap<Wake>>> = { work: createHeap(isBefore), idle: createHeap(isBefore) };
  const rankOf = order && createInstantOrder(startMs, order);
  let nowMs = startMs;
  let ordinals = 0;

  function head(kind: DueKind): Wake | undefined {
    const heap = heaps[kind];
    while (heap.peek()?.isCancelled) heap.pop();
    return heap.peek();
  }

  function next(): Wake | undefined {
    const work = head('work');
    const idle = head('idle');
    if (work === undefined || idle === undefined) return work ?? idle;
    return isBefore(work, idle) ? work : idle;
  }

  function step(): boolean {
    const due = next();
    if (due === undefined) return false;
    heaps[due.kind].pop();
    nowMs = Math.max(nowMs, due.dueMs);
    (rankOf === undefined ? due : firstOf(due, rankOf)).wake();
    return true;
  }

  /** The one of all that are due with `due` that is chosen to go first; the others stay. */
  function firstOf(due: Wake, rank: (wake: Wake) => number): Wake {
    let first = due;
    const others: Wake[] = [];
    for (let other = next(); other?.dueMs === due.dueMs; other = next()) {
      heaps[other.kind].pop();
      if (others.length === 0) rank(due);
      const isFirst = rank(other) < rank(first);
      others.push(isFirst ? first : other);
      if (isFirst) first = other;
    }
    for (const other of others) heaps[other.kind].push(other);
    return first;
  }

  return {
    epochMs: () => nowMs,
    at: (dueMs, wake, kind = 'work', name = 'wait') => {
      const entry: Wake = {
        dueMs: Math.max(dueMs, nowMs),
        ordinal: ordinals,
        kind,
        name,
        wake,
        rank: undefined,
        isCancelled: false,
      };
      ordinals += 1;
      heaps[kind].push(entry);
      return () => {
        entry.isCancelled = true;
      };
    },
    nextDueMs: () => next()?.dueMs,
    nextWorkDueMs: () => head('work')?.dueMs,
    waiting: (count) => waitingOf([...heaps.work.items(), ...heaps.idle.items()], count),
    step,
    advanceTo: (toMs) => {
      for (let due = next(); due !== undefined && due.dueMs <= toMs; due = next()) step();
      nowMs = Math.max(nowMs, toMs);
    },
  };
}

function isBefore(a: Wake, b: Wake): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.ordinal < b.ordinal);
}

function waitingOf(
  wakes: readonly Wake[],
  count: number,
): readonly { readonly name: string; readonly dueMs: number }[] {
  return wakes
    .filter(({ isCancelled }) => !isCancelled)
    .sort((a, b) => (isBefore(a, b) ? -1 : 1))
    .slice(0, count)
    .map(({ name, dueMs }) => ({ name, dueMs }));
}
