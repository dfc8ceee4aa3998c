import { filterMatches } from '#core';
import type { Anomaly, Capability, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { dueIn } from './due.ts';
import type { Due } from './due.ts';
import { operationsOf } from './index-history.ts';
import type { Delivery } from './index-history.ts';
import type { Receiver } from './receivers.ts';

/**
 * A subscription gets nothing that was with the broker before it subscribed. `unknown` where no such message matched
 * one, or the history did not settle. O(messages × subscriptions that match).
 *
 * @see https://docs.nats.io/nats-concepts/subjects (no subscriber, no delivery)
 */
export function interestOnly({ tests = 'interest-only' }: { readonly tests?: Capability } = {}): Checker {
  return { name: 'interest-only', tests, check: checkInterest };
}

function checkInterest(history: History): Verdict {
  const due = dueIn(history);
  const { index, publishes, confirmedAt } = due;
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe'))];
  let compared = 0;
  for (const receiver of subscriptionsOf(due)) {
    for (const sent of publishes) {
      const before = (confirmedAt(sent) ?? Infinity) < receiver.operation.index;
      if (!before || !filterMatches(receiver.pattern, sent.subject)) continue;
      compared += 1;
      const at = index.arrivals.get(receiver.id)?.[sent.number];
      if (at === undefined) continue;
      anomalies.push({
        kind: 'stale',
        message: `${receiver.id} got ${sent.id}, which was published before it subscribed`,
        evidence: [sent.operation.index, receiver.operation.index, at],
      });
    }
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no message came before a subscription that matches it',
    unsettled: !index.complete,
  });
}

/**
 * Once flush has returned, a plain subscription gets what is published from then on: of the messages due to it none before the
 * first that arrives is missing. A message lost later is for `delivery` to report. `unknown` where nothing was due to a
 * subscription, or the history did not settle. O(messages × subscriptions that match).
 *
 * @see https://docs.nats.io/reference/reference-protocols/nats-protocol#ping-pong
 */
export function subscribeBarrier(): Checker {
  return { name: 'subscribe-barrier', tests: 'subscribe-barrier', check: checkSubscribe };
}

function checkSubscribe(history: History): Verdict {
  const due = dueIn(history);
  const { index, publishes, isDue } = due;
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe'))];
  let compared = 0;
  let missedFirst = 0;
  for (const receiver of subscriptionsOf(due)) {
    if (receiver.queue !== undefined) continue;
    const arrivals = index.arrivals.get(receiver.id);
    for (const sent of publishes) {
      if (!filterMatches(receiver.pattern, sent.subject) || !isDue(sent, receiver)) continue;
      compared += 1;
      if (arrivals?.[sent.number] !== undefined) break;
      missedFirst += 1;
      anomalies.push({
        kind: 'inactive',
        message: `${receiver.id} had been flushed and did not get ${sent.id}`,
        evidence: [receiver.operation.index, receiver.activeFrom, sent.operation.index],
      });
    }
  }
  return conclude({
    facts: { compared, missedFirst },
    anomalies,
    compared,
    nothing: 'nothing was due to a subscription',
    unsettled: !index.complete,
  });
}

/**
 * After unsubscribe has returned nothing is delivered. `unknown` where nothing was published to a subscription after it
 * had ended, or the history did not settle. O(messages × subscriptions that ended).
 *
 * @see https://docs.nats.io/using-nats/developer/receiving/unsubscribing
 */
export function unsubscribeBarrier(): Checker {
  return { name: 'unsubscribe-barrier', tests: 'unsubscribe-barrier', check: checkUnsubscribe };
}

function checkUnsubscribe(history: History): Verdict {
  const due = dueIn(history);
  const { index, publishes } = due;
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'subscribe', 'unsubscribe'))];
  const byReceiver = Map.groupBy(index.deliveries, ({ receiver }) => receiver);
  let compared = 0;
  for (const { call, end, index: at } of operationsOf(index, 'unsubscribe')) {
    const receiver = index.receivers.get(call.input.subscription);
    if (receiver === undefined || call.input.max !== undefined || end?.kind !== 'ok') continue;
    compared += publishes.filter(
      ({ subject, operation }) => operation.index > at && filterMatches(receiver.pattern, subject),
    ).length;
    for (const late of byReceiver.get(receiver.id) ?? []) {
      if (late.index > end.index) anomalies.push(lateDelivery(receiver, late, [at, end.index, late.index]));
    }
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'nothing was published to a subscription after it had ended',
    unsettled: !index.complete,
  });
}

function lateDelivery(receiver: Receiver, { sent }: Delivery, evidence: Anomaly['evidence']): Anomaly {
  return { kind: 'late', message: `${receiver.id} got ${sent?.id ?? 'bytes'} after it had unsubscribed`, evidence };
}

function subscriptionsOf({ index }: Due): readonly Receiver[] {
  return [...index.receivers.values()].filter(({ operation }) => operation.call.name === 'subscribe');
}
