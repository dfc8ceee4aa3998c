import type { Anomaly, Capability, Checker, Header, History, Verdict } from '#core';
import { filterMatches } from '#core';
import { conclude, refusals } from './conclude.ts';
import { dueIn, lostIn } from './due.ts';
import { operationsOf } from './index-history.ts';
import type { Delivery } from './index-history.ts';

/**
 * Headers arrive with their names, as they were written, and with all values of a name in their order. In which order
 * different names come is not judged: the client of NATS itself keeps them by name. `unknown` where no message with
 * headers arrived. O(deliveries).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats (headers), https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-4.md
 */
export function headersIntact(): Checker {
  return {
    name: 'headers-intact',
    tests: 'headers',
    check: (history) =>
      checkPart(history, 'headers', {
        sent: ({ headers = [] }) => (headers.length === 0 ? undefined : wordsOf(headers)),
        got: ({ headers = [] }) => wordsOf(headers),
      }),
  };
}

/**
 * The reply subject arrives. `unknown` where no message with a reply subject arrived. O(deliveries).
 *
 * @see https://docs.nats.io/reference/reference-protocols/nats-protocol#pub
 */
export function replySubjectIntact(): Checker {
  return {
    name: 'reply-subject-intact',
    tests: 'reply-subject',
    check: (history) =>
      checkPart(history, 'reply subject', { sent: ({ reply }) => reply, got: ({ reply }) => reply ?? 'none' }),
  };
}

/**
 * The subject arrives as it was published. `unknown` where no message arrived. O(deliveries).
 *
 * @see https://docs.nats.io/reference/reference-protocols/nats-protocol#msg
 */
export function subjectIntact(): Checker {
  return {
    name: 'subject-intact',
    tests: 'subject-mapping',
    check: (history) =>
      checkPart(history, 'subject', { sent: ({ subject }) => subject, got: ({ subject }) => subject }),
  };
}

interface Parts {
  readonly subject: string;
  readonly headers?: readonly Header[];
  readonly reply?: string;
}

/** By name, in the order of names; the sort is stable, so that the values of a name stay in theirs. */
function wordsOf(headers: readonly Header[]): string {
  return JSON.stringify(headers.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

function checkPart(
  history: History,
  part: string,
  of: { readonly sent: (call: Parts) => string | undefined; readonly got: (message: Delivery['message']) => string },
): Verdict {
  const { index } = dueIn(history);
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe'))];
  let compared = 0;
  for (const { receiver, message, sent, index: at } of index.deliveries) {
    if (sent?.operation.call.name !== 'publish') continue;
    const wanted = of.sent(sent.operation.call.input);
    if (wanted === undefined) continue;
    compared += 1;
    const got = of.got(message);
    if (got === wanted) continue;
    anomalies.push({
      kind: 'altered',
      message: `${receiver} got ${sent.id} with ${part} ${got} where ${wanted} was sent`,
      evidence: [sent.operation.index, at],
    });
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: `no message with ${part} arrived`,
    instead: () => lostIn(history),
  });
}

/**
 * Messages reach plain subscriptions byte by byte as they were sent. Bytes that match nothing which was sent are what became of a message
 * that is missing. `unknown` where nothing was due, or the history did not settle. O(deliveries).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats (the payload is any bytes)
 */
export function bytesIntact({ tests = 'payload-bytes' }: { readonly tests?: Capability } = {}): Checker {
  return { name: 'bytes-intact', tests, check: checkBytes };
}

function checkBytes(history: History): Verdict {
  const { index, publishes, isDue } = dueIn(history);
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'publish', 'subscribe'))];
  let compared = 0;
  for (const receiver of index.receivers.values()) {
    if (receiver.queue !== undefined) continue;
    const alien = index.deliveries.filter(({ receiver: id, sent }) => id === receiver.id && sent === undefined);
    for (const sent of publishes) {
      if (!filterMatches(receiver.pattern, sent.subject) || !isDue(sent, receiver)) continue;
      compared += 1;
      if (index.arrivals.get(receiver.id)?.[sent.number] !== undefined) continue;
      const instead = alien.shift();
      anomalies.push({
        kind: instead === undefined ? 'lost' : 'altered',
        message: `${receiver.id} did not get the bytes of ${sent.id}${instead === undefined ? '' : ' but others'}`,
        evidence: [sent.operation.index, ...(instead === undefined ? [] : [instead.index])],
      });
    }
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no message was due to a subscription',
    unsettled: !index.complete,
  });
}
