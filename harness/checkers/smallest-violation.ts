import { linearize } from './linearizability.ts';
import type { Interval, Model } from './linearizability.ts';

/**
 * A smallest part of a history that is not linearizable: take any of its operations away, or allow it not to have
 * happened, and an order is found.
 *
 * First the history is cut after the earliest return up to which it is wrong; then observers are left out and effects
 * made optional, one by one, as long as no order is found. Neither can make a linearizable history illegal, so what
 * remains is wrong in the history as it stands. O(operations) searches, each bounded by `statesMax`; a search that gives
 * up keeps the operation.
 */
export function smallestViolation<State, Operation>(
  model: Model<State, Operation>,
  intervals: readonly Interval<Operation>[],
  limits: { readonly statesMax: number },
): readonly Operation[] {
  const isWrong = (candidate: readonly Interval<Operation>[]) =>
    linearize(model, candidate, limits).linearizable === false;
  let kept = cutAfterViolation(intervals, isWrong);
  for (const interval of kept) {
    if (!interval.required) continue;
    const without = kept.flatMap((other) => (other === interval ? weaken(interval) : [other]));
    if (isWrong(without)) kept = without;
  }
  return kept.filter(({ required }) => required).map(({ operation }) => operation);
}

function weaken<Operation>(interval: Interval<Operation>): readonly Interval<Operation>[] {
  return interval.effect ? [{ ...interval, required: false, end: Infinity }] : [];
}

/** Halves its way to the earliest return at which the history was already wrong: a prefix of a right one is right. */
function cutAfterViolation<Operation>(
  intervals: readonly Interval<Operation>[],
  isWrong: (candidate: readonly Interval<Operation>[]) => boolean,
): readonly Interval<Operation>[] {
  const ends = intervals.flatMap(({ end, required }) => (required ? [end] : [])).sort((a, b) => a - b);
  let right = -1;
  let wrong = ends.length - 1;
  while (wrong - right > 1) {
    const middle = (wrong + right) >>> 1;
    if (isWrong(until(intervals, ends[middle] ?? Infinity))) wrong = middle;
    else right = middle;
  }
  return until(intervals, ends[wrong] ?? Infinity);
}

/** What was known at that time: calls made later are not there, and ends that came later are still open. */
function until<Operation>(intervals: readonly Interval<Operation>[], time: number): readonly Interval<Operation>[] {
  return intervals
    .filter(({ call }) => call <= time)
    .flatMap((interval) => (interval.end <= time ? [interval] : weaken(interval)));
}
