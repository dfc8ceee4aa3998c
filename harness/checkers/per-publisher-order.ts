import type { Anomaly, Capability, Checker, History, ReceiverId, SessionId, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { lostIn } from './due.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import type { Sent } from './index-history.ts';

/**
 * Messages of one publisher reach each subscription in the order of their publish calls.
 *
 * Judges first deliveries only: a redelivery out of turn is for the checkers of duplicates to report, and a message that
 * nobody published likewise. A session's publishes are ordered by their invocation; messages of different publishers are
 * never compared. `unknown` where no subscription got two messages of one publisher. O(events).
 *
 * @see https://docs.nats.io/reference/faq (messages of one publisher arrive in order)
 */
export function perPublisherOrder({ tests = 'per-publisher-order' }: { readonly tests?: Capability } = {}): Checker {
  return { name: 'per-publisher-order', tests, check: (history) => checkOrder(history, rememberLatest) };
}

/**
 * The same across subjects alone: a message is compared with those of other subjects that arrived before it.
 *
 * @see https://docs.nats.io/reference/faq
 */
export function crossSubjectOrder(): Checker {
  return {
    name: 'cross-subject-order',
    tests: 'cross-subject-order',
    check: (history) => checkOrder(history, rememberLatestBySubject),
  };
}

interface Arrival {
  readonly sent: Sent;
  /** Of the delivery. */
  readonly index: number;
}

/** What a stream remembers: given the next delivery, the one published last that came before it and that it may be compared with. */
type Memory = (next: Arrival) => Arrival | undefined;

function rememberLatest(): Memory {
  let latest: Arrival | undefined;
  return (next) => {
    const previous = latest;
    if (previous === undefined || publishedBefore(previous, next)) latest = next;
    return previous;
  };
}

function rememberLatestBySubject(): Memory {
  let latest: Arrival | undefined;
  /** The latest of a subject other than that of `latest`. */
  let other: Arrival | undefined;
  return (next) => {
    const previous = latest?.sent.subject === next.sent.subject ? other : latest;
    if (latest === undefined || publishedBefore(latest, next)) {
      if (latest !== undefined && latest.sent.subject !== next.sent.subject) other = latest;
      latest = next;
    } else if (latest.sent.subject !== next.sent.subject && (other === undefined || publishedBefore(other, next))) {
      other = next;
    }
    return previous;
  };
}

function checkOrder(history: History, remember: () => Memory): Verdict {
  const index = indexHistory(history);
  const memories = new Map<ReceiverId, Map<SessionId, Memory>>();
  const anomalies: Anomaly[] = [];
  let pairsCompared = 0;
  for (const { receiver, sent, index: at, firstAt } of index.deliveries) {
    if (sent === undefined || firstAt !== at) continue;
    const publisher = sent.operation.session;
    let streams = memories.get(receiver);
    if (streams === undefined) memories.set(receiver, (streams = new Map()));
    let memory = streams.get(publisher);
    if (memory === undefined) streams.set(publisher, (memory = remember()));
    const arrival = { sent, index: at };
    const previous = memory(arrival);
    if (previous === undefined) continue;
    pairsCompared += 1;
    if (publishedBefore(previous, arrival)) continue;
    anomalies.push({
      kind: 'reordered',
      message: `${receiver} got ${sent.id} after ${previous.sent.id}, which ${publisher} published later`,
      evidence: [sent.operation.index, previous.sent.operation.index, previous.index, at],
    });
  }
  return conclude({
    facts: { pairsCompared, reordered: anomalies.length },
    anomalies: [...anomalies, ...refusals(operationsOf(index, 'publish', 'subscribe'))],
    compared: pairsCompared,
    nothing: 'no subscription got two comparable messages of one publisher',
    instead: () => lostIn(history),
  });
}

/** Of one publisher: calls are in the order of their invocation. */
function publishedBefore(a: Arrival, b: Arrival): boolean {
  return a.sent.operation.index < b.sent.operation.index;
}
