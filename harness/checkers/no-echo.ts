import type { Anomaly, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { dueIn } from './due.ts';
import { operationsOf } from './index-history.ts';

/**
 * The sessions named in `quiet`, which were opened without echo, never get their own messages; all others do. `unknown`
 * where no quiet session published to itself, or the history did not settle. O(deliveries).
 *
 * @see https://docs.nats.io/using-nats/developer/connecting/noecho
 */
export function noEcho({ quiet }: { readonly quiet: readonly string[] }): Checker {
  return { name: 'no-echo', tests: 'no-echo', check: (history) => check(history, new Set(quiet)) };
}

function check(history: History, quiet: ReadonlySet<string>): Verdict {
  const { index, publishes, parties, isDue } = dueIn(history);
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe'))];
  let compared = 0;
  for (const sent of publishes) {
    const { session, index: published } = sent.operation;
    for (const receiver of parties(sent.subject).plain) {
      if (receiver.session !== session || !isDue(sent, receiver)) continue;
      const at = index.arrivals.get(receiver.id)?.[sent.number];
      if (quiet.has(session)) {
        compared += 1;
        if (at === undefined) continue;
        anomalies.push({ kind: 'echoed', message: `${session} heard its own ${sent.id}`, evidence: [published, at] });
      } else if (at === undefined) {
        anomalies.push({ kind: 'lost', message: `${session} did not hear its own ${sent.id}`, evidence: [published] });
      }
    }
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no session without echo published to itself',
    unsettled: !index.complete,
  });
}
