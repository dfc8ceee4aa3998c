import type { Comparison, HistoryEvent, MessageId, OrderFigures } from '#core';
import type { Published } from './comparison.ts';

/** Figures of order over first deliveries, per publisher and across; absent where no stream got two messages. */
export function orderFigures(
  events: readonly HistoryEvent[],
  published: ReadonlyMap<MessageId, Published>,
): Comparison['ordering'] {
  const perPublisher = new Map<string, number[]>();
  const across = new Map<string, number[]>();
  const seen = new Set<string>();
  for (const event of events) {
    if (event.kind !== 'deliver' && event.kind !== 'execute') continue;
    const receiver = event.kind === 'deliver' ? event.subscription : event.responder;
    const message = event.message.id === null ? undefined : published.get(event.message.id);
    const key = `${receiver} ${event.message.id}`;
    if (message === undefined || seen.has(key)) continue;
    seen.add(key);
    append(perPublisher, `${receiver} ${message.session}`, message.index);
    append(across, receiver, message.index);
  }
  if (![...across.values()].some((stream) => stream.length > 1)) return undefined;
  return { perPublisher: summarise(perPublisher), across: summarise(across) };
}

function append(streams: Map<string, number[]>, key: string, rank: number): void {
  const stream = streams.get(key);
  if (stream === undefined) streams.set(key, [rank]);
  else stream.push(rank);
}

/** Inversions of all streams; the run of the stream with most of them, of the longest where they are equal. */
function summarise(streams: ReadonlyMap<string, readonly number[]>): OrderFigures {
  let inversions = 0;
  let worst: { readonly inversions: number; readonly stream: readonly number[] } = { inversions: -1, stream: [] };
  for (const stream of streams.values()) {
    const own = countInversions(stream);
    inversions += own;
    if (own > worst.inversions || (own === worst.inversions && stream.length > worst.stream.length))
      worst = { inversions: own, stream };
  }
  return { inversions, longestRun: longestRun(worst.stream), streamLength: worst.stream.length };
}

/** Pairs out of order, by merge sort: O(n log n). */
export function countInversions(ranks: readonly number[]): number {
  let inversions = 0;
  const sort = (part: readonly number[]): readonly number[] => {
    if (part.length < 2) return part;
    const middle = part.length >> 1;
    const left = sort(part.slice(0, middle));
    const right = sort(part.slice(middle));
    const merged: number[] = [];
    let taken = 0;
    for (const rank of right) {
      while (taken < left.length && (left[taken] ?? 0) <= rank) merged.push(left[taken++] ?? 0);
      inversions += left.length - taken;
      merged.push(rank);
    }
    return [...merged, ...left.slice(taken)];
  };
  sort(ranks);
  return inversions;
}

/** The longest stretch of neighbours in order. */
export function longestRun(ranks: readonly number[]): number {
  let longest = 0;
  let run = 0;
  for (const [index, rank] of ranks.entries()) {
    run = index > 0 && (ranks[index - 1] ?? 0) <= rank ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}
