import { filterMatches } from '#core';
import type { Anomaly, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { dueIn } from './due.ts';
import { operationsOf } from './index-history.ts';

/**
 * A plain subscription with a maximum gets exactly so many messages, as long as so many are due to it. `unknown` where no
 * subscription with a maximum was sent more, or the history did not settle. O(messages × such subscriptions).
 *
 * @see https://docs.nats.io/using-nats/developer/receiving/unsubscribing
 */
export function autoUnsubscribe(): Checker {
  return { name: 'auto-unsubscribe', tests: 'auto-unsubscribe', check };
}

function check(history: History): Verdict {
  const { index, publishes, isDue } = dueIn(history);
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe', 'unsubscribe'))];
  let compared = 0;
  for (const receiver of index.receivers.values()) {
    const { id, max, operation, pattern } = receiver;
    if (max === undefined || receiver.queue !== undefined) continue;
    const unlimited = { ...receiver, max: undefined };
    const due = publishes.filter((sent) => filterMatches(pattern, sent.subject) && isDue(sent, unlimited));
    if (due.length <= max) continue;
    compared += 1;
    const got = index.deliveries.filter((delivery) => delivery.receiver === id);
    const message = `${id} was to end after ${max} messages and got ${got.length}`;
    if (got.length > max) {
      anomalies.push({
        kind: 'overrun',
        message,
        evidence: [operation.index, ...got.slice(max).map(({ index: at }) => at)],
      });
    }
    if (got.length < max) anomalies.push({ kind: 'lost', message, evidence: [operation.index] });
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no subscription with a maximum was sent more than that',
    unsettled: !index.complete,
  });
}
