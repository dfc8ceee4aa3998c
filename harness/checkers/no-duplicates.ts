import type { Anomaly, Capability, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { lostIn } from './due.ts';
import { indexHistory, operationsOf } from './index-history.ts';

/**
 * No plain subscription gets a message twice. `unknown` where nothing was delivered, or the history did not settle: a
 * second copy may be on its way. O(deliveries).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats
 */
export function noDuplicates({ tests = 'no-duplicates' }: { readonly tests?: Capability } = {}): Checker {
  return { name: 'no-duplicates', tests, check };
}

function check(history: History): Verdict {
  const index = indexHistory(history);
  const { deliveries, receivers, complete } = index;
  const anomalies: Anomaly[] = [];
  let compared = 0;
  for (const { receiver, sent, index: at, firstAt } of deliveries) {
    if (sent === undefined || receivers.get(receiver)?.queue !== undefined) continue;
    compared += 1;
    if (firstAt === at) continue;
    anomalies.push({
      kind: 'duplicated',
      message: `${receiver} got ${sent.id} again`,
      evidence: [sent.operation.index, firstAt, at],
    });
  }
  return conclude({
    facts: { delivered: compared, duplicated: anomalies.length },
    anomalies: [...anomalies, ...refusals(operationsOf(index, 'publish', 'subscribe'))],
    compared,
    nothing: 'no plain subscription got a message',
    instead: () => lostIn(history),
    unsettled: !complete,
  });
}
