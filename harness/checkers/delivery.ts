import type { Anomaly, Capability, Checker, History, Subject, SubjectPattern, Verdict } from '#core';
import { filterMatches } from '#core';
import { conclude, refusals } from './conclude.ts';
import { dueIn } from './due.ts';
import type { Due } from './due.ts';
import { operationsOf } from './index-history.ts';

/**
 * Every plain subscription gets each message that is due to it, and nothing that nobody published or that its filter
 * does not match. Queue groups are for `exclusiveDelivery`, copies beyond the first for `noDuplicates`, messages from
 * before or after the subscription for the barriers. `unknown` where nothing was due, or the history did not settle.
 * O(deliveries).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/pubsub
 */
export function delivery({ tests = 'delivery' }: { readonly tests?: Capability } = {}): Checker {
  return { name: 'delivery', tests, check };
}

function check(history: History): Verdict {
  const due = dueIn(history);
  const { index } = due;
  const { dueCount, lost } = findLost(due);
  const anomalies = [
    ...lost,
    ...findUnexpected(due),
    ...findMisdirected(due),
    ...refusals(operationsOf(index, 'publish', 'subscribe')),
  ];
  return conclude({
    facts: { due: dueCount, delivered: index.deliveries.length, lost: lost.length },
    anomalies,
    compared: dueCount,
    nothing: 'no message was due to a plain subscription',
    unsettled: !index.complete,
  });
}

function findLost({ index, publishes, parties, isDue }: Due): {
  readonly dueCount: number;
  readonly lost: readonly Anomaly[];
} {
  const lost: Anomaly[] = [];
  let dueCount = 0;
  for (const sent of publishes) {
    for (const receiver of parties(sent.subject).plain) {
      if (!isDue(sent, receiver)) continue;
      dueCount += 1;
      if (index.arrivals.get(receiver.id)?.[sent.number] !== undefined) continue;
      lost.push({
        kind: 'lost',
        message: `${receiver.id} never got ${sent.id}${index.within}`,
        evidence: [receiver.operation.index, sent.operation.index],
      });
    }
  }
  return { dueCount, lost };
}

/** Deliveries of nothing that was published, or of what definitely was not. */
export function findUnexpected({ index }: Due): readonly Anomaly[] {
  const anomalies: Anomaly[] = [];
  for (const { receiver, sent, index: at } of index.deliveries) {
    if (sent === undefined) {
      anomalies.push({ kind: 'unexpected', message: `${receiver} got bytes that nobody published`, evidence: [at] });
    } else if (sent.operation.end?.kind === 'fail') {
      const { call, index: sentAt, end } = sent.operation;
      anomalies.push({
        kind: 'unexpected',
        message: `${receiver} got ${sent.id}, whose ${call.name} had failed: ${end.error}`,
        evidence: [sentAt, end.index, at],
      });
    }
  }
  return anomalies;
}

/** Deliveries that the filter of their subscription does not match. */
export function findMisdirected({ index }: Due): readonly Anomaly[] {
  const anomalies: Anomaly[] = [];
  const matches = matchOnce();
  for (const { receiver: id, sent, index: at } of index.deliveries) {
    const receiver = index.receivers.get(id);
    if (sent === undefined || receiver === undefined || matches(receiver.pattern, sent.subject)) continue;
    anomalies.push({
      kind: 'unexpected',
      message: `${id} got ${sent.id}, whose subject '${sent.subject}' its filter '${receiver.pattern}' does not match`,
      evidence: [receiver.operation.index, sent.operation.index, at],
    });
  }
  return anomalies;
}

/** `filterMatches`, asked once for each pair. */
function matchOnce(): typeof filterMatches {
  const known = new Map<SubjectPattern, Map<Subject, boolean>>();
  return (filter, subject) => {
    let bySubject = known.get(filter);
    if (bySubject === undefined) known.set(filter, (bySubject = new Map()));
    let found = bySubject.get(subject);
    if (found === undefined) bySubject.set(subject, (found = filterMatches(filter, subject)));
    return found;
  };
}
