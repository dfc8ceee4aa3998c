import type { Anomaly, Capability, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { findUnexpected } from './delivery.ts';
import { dueIn } from './due.ts';
import type { Due } from './due.ts';
import { operationsOf } from './index-history.ts';
import type { Sent } from './index-history.ts';

/**
 * Each message goes to exactly one member of each queue group that subscribes to its subject. A group is its name:
 * members with different filters are of one group; who gets what its filter does not match is for `memberFilter`. A message that another group or a plain subscription got is not
 * `lost` here but for `groupCopies` to report. `unknown` where no message was due to a group, or the history did not
 * settle. O(deliveries).
 *
 * `tests` names the promise where a row is about more than the group itself.
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/queue
 */
export function exclusiveDelivery({ tests = 'queue-group' }: { readonly tests?: Capability } = {}): Checker {
  return { name: 'exclusive-delivery', tests, check };
}

function check(history: History): Verdict {
  const due = dueIn(history);
  const { index } = due;
  const copies = copiesByGroup(due);
  const { dueCount, lost } = findLost(due, copies);
  const duplicated = findDuplicated(copies);
  const anomalies = [
    ...lost,
    ...duplicated,
    ...findUnexpected(due),
    ...refusals(operationsOf(index, 'publish', 'subscribe')),
  ];
  return conclude({
    facts: { due: dueCount, lost: lost.length, duplicated: duplicated.length },
    anomalies,
    compared: dueCount,
    nothing: 'no message was due to a queue group',
    unsettled: !index.complete,
  });
}

/** By group and message: the indexes of its deliveries. */
export type Copies = ReadonlyMap<string, ReadonlyMap<Sent, readonly number[]>>;

export function copiesByGroup({ index }: Due): Copies {
  const copies = new Map<string, Map<Sent, number[]>>();
  for (const { receiver, sent, index: at } of index.deliveries) {
    const queue = index.receivers.get(receiver)?.queue;
    if (queue === undefined || sent === undefined) continue;
    let group = copies.get(queue);
    if (group === undefined) copies.set(queue, (group = new Map()));
    const got = group.get(sent);
    if (got === undefined) group.set(sent, [at]);
    else got.push(at);
  }
  return copies;
}

function findLost(
  { index, publishes, parties, isDueToGroup }: Due,
  copies: Copies,
): { readonly dueCount: number; readonly lost: readonly Anomaly[] } {
  const arrived = new Set(index.deliveries.map(({ sent }) => sent));
  const lost: Anomaly[] = [];
  let dueCount = 0;
  for (const sent of publishes) {
    for (const [queue, members] of parties(sent.subject).groups) {
      if (!isDueToGroup(sent, members)) continue;
      dueCount += 1;
      if (copies.get(queue)?.has(sent) === true || arrived.has(sent)) continue;
      lost.push({
        kind: 'lost',
        message: `no member of '${queue}' got ${sent.id}${index.within}`,
        evidence: [sent.operation.index],
      });
    }
  }
  return { dueCount, lost };
}

function findDuplicated(copies: Copies): readonly Anomaly[] {
  const anomalies: Anomaly[] = [];
  for (const [queue, messages] of copies) {
    for (const [{ id, operation }, got] of messages) {
      if (got.length < 2) continue;
      anomalies.push({
        kind: 'duplicated',
        message: `'${queue}' got ${id} ${got.length} times`,
        evidence: [operation.index, ...got],
      });
    }
  }
  return anomalies;
}
