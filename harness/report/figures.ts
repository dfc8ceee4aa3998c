import type { Cell, LatencySummary } from '#core';
import { formatMs } from './lane-diagram.ts';

/** The columns that lay two systems side by side, in their order. */
export const figureHeads = [
  { head: 'calls', title: 'calls of the application: done / failed / may have happened' },
  { head: 'published', title: 'messages whose publish or request did not fail' },
  { head: 'delivered', title: 'copies that reached a subscription or a responder' },
  { head: 'lost', title: 'copies a certainly active receiver or group should have got' },
  { head: 'dup.', title: 'copies beyond the first, per subscription or group' },
  { head: 'unexp.', title: 'copies of nothing that was published, or that no filter asked for' },
  { head: 'inv.', title: 'inversions within one publisher’s messages at one receiver' },
  { head: 'run', title: 'longest sorted run of the worst stream, and its length' },
  { head: 'inv. across', title: 'inversions over all publishers at one receiver' },
  { head: 'latency', title: 'median on the run’s own clock; the span where there are too few samples for one' },
] as const;

/** The cell's figures as text, one per head; an en dash where there is none. */
export function figuresOf({ comparison, latency }: Cell): readonly string[] {
  const calls = comparison?.operations;
  const delivery = isAboutMessages(comparison) ? comparison?.delivery : undefined;
  const ordering = comparison?.ordering;
  const own = ordering?.perPublisher;
  return [
    calls === undefined ? '–' : [calls.ok, calls.failed, calls.indefinite].map(count).join('/'),
    count(delivery?.published),
    count(delivery?.delivered),
    count(delivery?.lost),
    count(delivery?.duplicated),
    count(delivery?.unexpected),
    count(own?.inversions),
    own === undefined ? '–' : `${own.longestRun}/${own.streamLength}`,
    count(ordering?.across.inversions),
    latencyText(Object.values(latency ?? {})[0]),
  ];
}

/** An act that published nothing and got nothing has no delivery to compare. */
function isAboutMessages(comparison: Cell['comparison']): boolean {
  return comparison !== undefined && comparison.delivery.published + comparison.delivery.delivered > 0;
}

function count(value: number | null | undefined): string {
  return value === undefined || value === null ? '–' : value.toLocaleString('en');
}

/** The median, or the span where there are too few samples for one. */
export function latencyText(summary: LatencySummary | undefined): string {
  if (summary === undefined) return '–';
  if (summary.p50Ms !== undefined) return formatMs(summary.p50Ms);
  return `${formatMs(summary.minMs)} … ${formatMs(summary.maxMs)}`;
}
