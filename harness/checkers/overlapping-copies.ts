import type { Anomaly, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { dueIn } from './due.ts';
import { operationsOf } from './index-history.ts';

/**
 * Of a session with several plain subscriptions that match, each gets its copy as soon as one does. `unknown` where no
 * message was due to two subscriptions of a session, or the history did not settle. O(deliveries).
 *
 * @see https://docs.nats.io/nats-concepts/subjects
 */
export function overlappingCopies(): Checker {
  return { name: 'overlapping-copies', tests: 'overlapping-subscriptions', check };
}

function check(history: History): Verdict {
  const { index, publishes, parties, isDue } = dueIn(history);
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe'))];
  let compared = 0;
  for (const sent of publishes) {
    const due = parties(sent.subject).plain.filter((receiver) => isDue(sent, receiver));
    for (const [session, receivers] of Map.groupBy(due, (receiver) => receiver.session)) {
      if (receivers.length < 2) continue;
      compared += 1;
      const arrivals = receivers.map(({ id }) => ({ id, at: index.arrivals.get(id)?.[sent.number] }));
      const witness = arrivals.find(({ at }) => at !== undefined);
      if (witness?.at === undefined) continue;
      for (const { id, at } of arrivals) {
        if (at !== undefined) continue;
        anomalies.push({
          kind: 'lost',
          message: `${session} got ${sent.id} on ${witness.id} and not on ${id}`,
          evidence: [sent.operation.index, witness.at],
        });
      }
    }
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no message was due to two subscriptions of a session',
    unsettled: !index.complete,
  });
}
