import type { Anomaly, HistoryEvent } from '#core';

/**
 * What kind of events show the anomaly, whatever their number and whoever's they are: `deliver, invoke publish`. Two
 * anomalies of one kind that other events show are not the same: a put that is refused is not a read that is.
 */
export function signatureOf({ evidence }: Anomaly, events: readonly HistoryEvent[]): string {
  const words = evidence.flatMap((index) => {
    const event = events[index];
    return event === undefined ? [] : [wordOf(event)];
  });
  return [...new Set(words)].toSorted().join(', ');
}

function wordOf(event: HistoryEvent): string {
  if (event.kind === 'invoke') return `invoke ${event.call.name}`;
  return event.kind === 'fail' || event.kind === 'info' ? `${event.kind} ${event.error}` : event.kind;
}
