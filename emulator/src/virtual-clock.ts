import type { Clock, DueKind } from './clock.ts';
import { createHeap } from './heap.ts';
import type { Heap } from './heap.ts';

/** A clock that stands still until told otherwise; wakes at equal times come in the order in which they were asked for. */
export interface VirtualClock extends Clock {
  /** When the next wake of any kind is due. */
  readonly nextDueMs: () => number | undefined;
  /** When the next wake is due that does more than end an idle wait. */
  readonly nextWorkDueMs: () => number | undefined;
  /** Goes to the next due time and gives the first wake that is due; returns whether there was one. */
  readonly step: () => boolean;
  /** Gives every wake that is due up to `toMs`, in order, also those asked for on the way, and stays there. What they
   *  start runs on only afterwards; `advance` waits for that. */
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
  const heaps: Readonly<Record<DueKind, Heap<Wake>>> = { work: createHeap(isBefore), idle: createHeap(isBefore) };
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
    due.wake();
    return true;
  }

  return {
    epochMs: () => nowMs,
    at: (dueMs, wake, kind = 'work') => {
      const entry: Wake = { dueMs: Math.max(dueMs, nowMs), ordinal: ordinals, kind, wake, isCancelled: false };
      ordinals += 1;
      heaps[kind].push(entry);
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
