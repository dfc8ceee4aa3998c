import type { Anomaly, Capability, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { dueIn } from './due.ts';
import type { Due } from './due.ts';
import { copiesByGroup } from './exclusive-delivery.ts';
import { operationsOf } from './index-history.ts';
import type { Sent } from './index-history.ts';

/**
 * Of a message that is due to several parties, queue groups and plain subscriptions, each gets its copy as soon as one
 * does. What nobody got is for `delivery` and `exclusiveDelivery` to report. `unknown` where no message was due to two
 * parties, or the history did not settle. O(deliveries).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/queue
 */
export function groupCopies({ tests = 'queue-group-copies' }: { readonly tests?: Capability } = {}): Checker {
  return { name: 'group-copies', tests, check };
}

function check(history: History): Verdict {
  const due = dueIn(history);
  const dueParties = partiesGetting(due);
  const anomalies: Anomaly[] = [];
  let shared = 0;
  for (const sent of due.publishes) {
    const parties = dueParties(sent);
    if (parties.length < 2) continue;
    shared += 1;
    const got = parties.filter(({ at }) => at !== undefined);
    const [witness] = got;
    if (witness?.at === undefined) continue;
    for (const { name, at } of parties) {
      if (at !== undefined) continue;
      anomalies.push({
        kind: 'lost',
        message: `${name} never got ${sent.id}${due.index.within}, which ${witness.name} got`,
        evidence: [sent.operation.index, witness.at],
      });
    }
  }
  return conclude({
    facts: { shared, lost: anomalies.length },
    anomalies: [...anomalies, ...refusals(operationsOf(due.index, 'publish', 'subscribe'))],
    compared: shared,
    nothing: 'no message was due to two parties',
    unsettled: !due.index.complete,
  });
}

interface Party {
  readonly name: string;
  /** Index of the first delivery to it. */
  readonly at: number | undefined;
}

function partiesGetting(due: Due): (sent: Sent) => readonly Party[] {
  const copies = copiesByGroup(due);
  return (sent) => {
    const { plain, groups } = due.parties(sent.subject);
    return [
      ...plain
        .filter((receiver) => due.isDue(sent, receiver))
        .map(({ id }) => ({ name: id, at: due.index.arrivals.get(id)?.[sent.number] })),
      ...[...groups]
        .filter(([, members]) => due.isDueToGroup(sent, members))
        .map(([queue]) => ({ name: `'${queue}'`, at: copies.get(queue)?.get(sent)?.[0] })),
    ];
  };
}
