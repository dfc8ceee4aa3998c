import type { Anomaly, Capability, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { findMisdirected } from './delivery.ts';
import { dueIn } from './due.ts';
import type { Due } from './due.ts';
import { operationsOf } from './index-history.ts';
import type { Sent } from './index-history.ts';
import { isFilter } from './subject-grammar.ts';

/**
 * Which subjects reach which plain subscription is what their filters say: of the messages to a subject that are due
 * at least one arrives, of those to others none. A message lost among others of its subject is for `delivery` to report.
 * Whether a filter that no server takes is refused is for `filterGrammar`. `unknown` where nothing was due, or the history
 * did not settle. O(messages × subscriptions that match).
 *
 * @see https://docs.nats.io/nats-concepts/subjects#wildcards
 */
export function filterMatching({ tests = 'subject-mapping' }: { readonly tests?: Capability } = {}): Checker {
  return { name: 'filter-matching', tests, check };
}

function check(history: History): Verdict {
  const due = dueIn(history);
  const { index } = due;
  const { compared, anomalies } = findUnmatched(due);
  const calls = operationsOf(index, 'publish', 'subscribe').filter(
    ({ call, end }) => call.name === 'publish' || isFilter(call.input.pattern) || end?.error === 'unsupported',
  );
  return conclude({
    facts: { compared, unmatched: anomalies.length },
    anomalies: [...anomalies, ...findMisdirected(due), ...refusals(calls)],
    compared,
    nothing: 'no message was due to a plain subscription',
    unsettled: !index.complete,
  });
}

/** Pairs of a subscription and a subject of whose messages none arrived. */
function findUnmatched({ index, publishes, parties, isDue }: Due): {
  readonly compared: number;
  readonly anomalies: readonly Anomaly[];
} {
  const anomalies: Anomaly[] = [];
  let compared = 0;
  for (const [subject, messages] of Map.groupBy(publishes, (sent) => sent.subject)) {
    for (const receiver of parties(subject).plain) {
      const due = messages.filter((sent) => isDue(sent, receiver));
      const [first] = due;
      if (first === undefined) continue;
      compared += 1;
      const arrivals = index.arrivals.get(receiver.id);
      if (due.some(({ number }: Sent) => arrivals?.[number] !== undefined)) continue;
      anomalies.push({
        kind: 'unmatched',
        message: `${receiver.id} got none of ${due.length} messages to '${subject}'`,
        evidence: [receiver.operation.index, first.operation.index],
      });
    }
  }
  return { compared, anomalies };
}
