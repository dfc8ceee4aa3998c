import type { Clock, DueKind } from './clock.ts';

/** A clock that stands still until told otherwise; wakes at equal times come in the order in which they were asked for. */
export interface VirtualClock extends Clock {
  /** When the next wake of any kind is due. */
  readonly nextDueMs: () => number | undefined;
  /** When the next wake is due that does more than end an idle wait. */
  readonly nextWorkDueMs: () => number | undefined;
  /** Goes to the next due time and gives the first wake that is due; returns whether there was one. */
  readonly step: () => boolean;
  /** Gives every wake that is due up to `toMs`, in order, also those asked for on the way, and stays there. */
  readonly advanceTo: (toMs: number) => void;
}

interface Wake {
  readonly dueMs: number;
  readonly ordinal: number;
  readonly kind: DueKind;
  readonly wake: () => void;
  isCancelled: boolean;
}

/** Starts at 2026-01-01T00:00:00Z where no time is given. */
export function createVirtualClock({
  startMs = Date.UTC(2026, 0, 1),
}: { readonly startMs?: number } = {}): VirtualClock {
  const heaps: Readonly<Record<DueKind, Wake[]>> = { work: [], idle: [] };
  let nowMs = startMs;
  let ordinals = 0;

  function head(kind: DueKind): Wake | undefined {
    const heap = heaps[kind];
    while (heap[0]?.isCancelled) pop(heap);
    return heap[0];
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
    pop(heaps[due.kind]);
    nowMs = Math.max(nowMs, due.dueMs);
    due.wake();
    return true;
  }

  return {
    epochMs: () => nowMs,
    at: (dueMs, wake, kind = 'work') => {
      const entry: Wake = { dueMs: Math.max(dueMs, nowMs), ordinal: ordinals, kind, wake, isCancelled: false };
      ordinals += 1;
      push(heaps[kind], entry);
      return () => {
        entry.isCancelled = true;
      };
    },
    nextDueMs: () => next()?.dueMs,
    nextWorkDueMs: () => head('work')?.dueMs,
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

function push(heap: Wake[], entry: Wake): void {
  let index = heap.length;
  heap.push(entry);
  while (index > 0) {
    const above = (index - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(entry, parent)) break;
    heap[index] = parent;
    index = above;
  }
  heap[index] = entry;
}

/** Takes the first entry away. */
function pop(heap: Wake[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let index = 0;
  for (;;) {
    const left = heap[2 * index + 1];
    const right = heap[2 * index + 2];
    const isRight = left !== undefined && right !== undefined && isBefore(right, left);
    const child = isRight ? right : left;
    if (child === undefined || !isBefore(child, last)) break;
    heap[index] = child;
    index = 2 * index + (isRight ? 2 : 1);
  }
  heap[index] = last;
}
