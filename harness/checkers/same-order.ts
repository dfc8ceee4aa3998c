import type { Anomaly, Checker, History, SessionId, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { lostIn } from './due.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import type { Delivery } from './index-history.ts';

/**
 * All plain subscriptions see the messages of one publisher in one order, be it that of the publisher or not: each is
 * compared with the first that got messages of that publisher. `unknown` where no two got two messages in common.
 * O(deliveries).
 *
 * @see https://docs.nats.io/reference/faq
 */
export function sameOrder(): Checker {
  return { name: 'same-order', tests: 'broadcast-order', check };
}

function check(history: History): Verdict {
  const index = indexHistory(history);
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe'))];
  let compared = 0;
  for (const streams of streamsByPublisher(
    index.deliveries.filter(({ receiver }) => index.receivers.get(receiver)?.queue === undefined),
  ).values()) {
    const [reference, ...others] = streams.values();
    if (reference === undefined) continue;
    const ranks = new Map(reference.map(({ sent }, rank) => [sent, rank]));
    for (const stream of others) {
      let latest: { readonly rank: number; readonly delivery: Delivery } | undefined;
      for (const delivery of stream) {
        const rank = ranks.get(delivery.sent);
        if (rank === undefined) continue;
        if (latest !== undefined) {
          compared += 1;
          if (rank < latest.rank) anomalies.push(diverged(delivery, latest.delivery, reference));
        }
        if (latest === undefined || rank > latest.rank) latest = { rank, delivery };
      }
    }
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no two subscriptions got two messages in common',
    instead: () => lostIn(history),
  });
}

function diverged(late: Delivery, early: Delivery, reference: readonly Delivery[]): Anomaly {
  const others = reference.filter(({ sent }) => sent === late.sent || sent === early.sent);
  return {
    kind: 'diverged',
    message: `${late.receiver} got ${early.sent?.id} before ${late.sent?.id}, ${reference[0]?.receiver} the other way round`,
    evidence: [early.index, late.index, ...others.map(({ index }) => index)],
  };
}

/** By publisher and receiver: first deliveries in their order. */
function streamsByPublisher(deliveries: readonly Delivery[]): ReadonlyMap<SessionId, ReadonlyMap<string, Delivery[]>> {
  const publishers = new Map<SessionId, Map<string, Delivery[]>>();
  for (const delivery of deliveries) {
    const { sent, receiver, firstAt, index } = delivery;
    if (sent === undefined || firstAt !== index) continue;
    const { session } = sent.operation;
    const streams = publishers.get(session) ?? new Map<string, Delivery[]>();
    publishers.set(session, streams);
    const stream = streams.get(receiver);
    if (stream === undefined) streams.set(receiver, [delivery]);
    else stream.push(delivery);
  }
  return publishers;
}
