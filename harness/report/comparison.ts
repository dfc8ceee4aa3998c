import { filterMatches } from '#core';
import type { Comparison, DeliveryFigures, History, HistoryEvent, MessageId, SessionId, Subject } from '#core';
import { orderFigures } from './ordering.ts';
import { indexReceivers, unitOf } from './receivers.ts';
import type { Receiver } from './receivers.ts';

/** A message that was published or requested and did not definitely fail. */
export interface Published {
  readonly session: SessionId;
  readonly subject: Subject;
  /** Of the invocation. */
  readonly index: number;
  readonly confirmed: boolean;
}

/** What one history says in figures. O(n log n) in events, and messages × receivers of each distinct subject. */
export function compare(history: History): Comparison {
  const published = indexPublished(history.events);
  const ordering = orderFigures(history.events, published);
  return {
    delivery: deliveryFigures(history.events, published),
    ...(ordering === undefined ? {} : { ordering }),
    operations: countOperations(history.events),
  };
}

function indexPublished(events: readonly HistoryEvent[]): ReadonlyMap<MessageId, Published> {
  const ends = new Map(
    events.flatMap((event) => ('op' in event && event.kind !== 'invoke' ? [[event.op, event.kind] as const] : [])),
  );
  const published = new Map<MessageId, Published>();
  for (const [index, event] of events.entries()) {
    if (event.kind !== 'invoke') continue;
    const { call, session, op } = event;
    if (call.name !== 'publish' && call.name !== 'request' && call.name !== 'request-many') continue;
    const end = ends.get(op);
    const confirmed = call.name === 'publish' && end === 'ok';
    if (end !== 'fail') published.set(call.input.id, { session, subject: call.input.subject, index, confirmed });
  }
  return published;
}

function deliveryFigures(
  events: readonly HistoryEvent[],
  published: ReadonlyMap<MessageId, Published>,
): DeliveryFigures {
  const receivers = indexReceivers(events);
  /** Copies by receiving unit and message. */
  const copies = new Map<string, number>();
  let delivered = 0;
  let unexpected = 0;
  for (const event of events) {
    if (event.kind !== 'deliver' && event.kind !== 'execute') continue;
    delivered += 1;
    const { id } = event.message;
    const receiver = receivers.get(event.kind === 'deliver' ? event.subscription : event.responder);
    const message = id === null ? undefined : published.get(id);
    // by the subject it was published to: that it arrives under another is for the checkers of subjects
    if (message === undefined || receiver === undefined || !filterMatches(receiver.pattern, message.subject)) {
      unexpected += 1;
      continue;
    }
    const key = `${unitOf(receiver)} ${id}`;
    copies.set(key, (copies.get(key) ?? 0) + 1);
  }
  const duplicated = [...copies.values()].reduce((sum, count) => sum + count - 1, 0);
  const lost = countLost(events, published, [...receivers.values()], copies);
  return { published: published.size, delivered, lost, duplicated, unexpected };
}

/**
 * Of confirmed publishes before a complete settling, the copies that a receiver active before and after did not get.
 * A session's own messages count for nothing: a history does not tell whether it asked for no echo.
 */
function countLost(
  events: readonly HistoryEvent[],
  published: ReadonlyMap<MessageId, Published>,
  receivers: readonly Receiver[],
  copies: ReadonlyMap<string, number>,
): number | null {
  const settledAt = events.findLastIndex((event) => event.kind === 'settled');
  const settled = events[settledAt];
  if (settled?.kind !== 'settled' || !settled.complete) return null;

  const matching = new Map<Subject, readonly Receiver[]>();
  let lost = 0;
  for (const [id, message] of published) {
    if (!message.confirmed || message.index > settledAt) continue;
    const interested =
      matching.get(message.subject) ?? receivers.filter((one) => filterMatches(one.pattern, message.subject));
    matching.set(message.subject, interested);
    const certain = interested.filter(
      (one) => one.session !== message.session && one.activeFrom < message.index && one.endsAt > settledAt,
    );
    for (const unit of new Set(certain.map(unitOf))) if (!copies.has(`${unit} ${id}`)) lost += 1;
  }
  return lost;
}

function countOperations(events: readonly HistoryEvent[]): Comparison['operations'] {
  const count = (kind: HistoryEvent['kind']): number => events.filter((event) => event.kind === kind).length;
  return { ok: count('ok'), failed: count('fail'), indefinite: count('info') };
}
