import type { Anomaly, Capability, Checker, Header, History, Verdict } from '#core';
import { bytesOf } from '#core';
import { conclude } from './conclude.ts';
import { indexHistory } from './index-history.ts';
import { refusedResponders } from './replies.ts';
import { evidenceOf, requestsIn } from './requests.ts';
import type { Asked } from './requests.ts';

/**
 * A request is executed once: by one member of each queue group, and by each responder without a group, whatever became
 * of the reply. `unknown` where nothing was executed, or the history did not settle. O(executions).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/reqreply
 */
export function executeOnce({ tests = 'execute-once' }: { readonly tests?: Capability } = {}): Checker {
  return { name: 'execute-once', tests, check: checkOnce };
}

function checkOnce(history: History): Verdict {
  const index = indexHistory(history);
  const anomalies: Anomaly[] = [...refusedResponders(history)];
  let compared = 0;
  for (const { id, operation, executions, replies } of requestsIn(history)) {
    if (executions.length > 0 || replies.length > 0) compared += 1;
    const parties = Map.groupBy(executions, ({ receiver }) => {
      const queue = index.receivers.get(receiver)?.queue;
      return queue === undefined ? receiver : `'${queue}'`;
    });
    for (const [party, all] of parties) {
      if (all.length < 2) continue;
      anomalies.push({
        kind: 'duplicated',
        message: `${party} executed ${id} ${all.length} times`,
        evidence: [operation.index, ...all.map(({ index: at }) => at)],
      });
    }
  }
  return conclude({
    facts: { compared, executions: index.executions.length },
    anomalies,
    compared,
    nothing: 'no request was executed',
    unsettled: !index.complete,
  });
}

/**
 * An error of the responder reaches the requester as what it is: with its message, apart from a reply and from an error
 * of the transport. `unknown` where no responder fails. O(requests × responders).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-32.md
 */
export function applicationErrors(): Checker {
  return { name: 'application-errors', tests: 'application-error', check: checkErrors };
}

function checkErrors(history: History): Verdict {
  const anomalies: Anomaly[] = [...refusedResponders(history)];
  let compared = 0;
  for (const asked of requestsIn(history)) {
    const { responders, replies, operation, id } = asked;
    const [responder, ...others] = responders;
    if (responder === undefined || others.length > 0) continue;
    const { behaviour } = responder;
    const expected = behaviour.kind === 'fail' ? behaviour.message : undefined;
    if (expected !== undefined) compared += 1;
    const [reply] = replies;
    if (reply !== undefined && reply.applicationError === expected) continue;
    if (reply === undefined && expected === undefined) continue;
    const got = reply === undefined ? operation.end?.error : (reply.applicationError ?? 'a reply');
    anomalies.push({
      kind: reply === undefined ? 'transport' : 'hidden',
      message: `${id} was to end as ${expected ?? 'a reply'} and got ${got ?? 'nothing'}`,
      evidence: evidenceOf(asked),
    });
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing: 'no responder was there that fails' });
}

/**
 * The responder sees subject, headers and a reply subject. Judged on responders that describe what they saw. `unknown`
 * where none replied. O(requests).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/reqreply
 */
export function requestMetadata(): Checker {
  return { name: 'request-metadata', tests: 'request-metadata', check: checkMetadata };
}

function checkMetadata(history: History): Verdict {
  const anomalies: Anomaly[] = [...refusedResponders(history)];
  let compared = 0;
  for (const asked of requestsIn(history)) {
    const { responders, replies, operation, id } = asked;
    const describes = responders.length === 1 && responders[0]?.behaviour.kind === 'describe';
    const [reply] = replies;
    if (!describes || reply === undefined || operation.call.name !== 'request') continue;
    compared += 1;
    const seen = described(reply.body);
    for (const [part, isRight] of partsOf(operation.call.input, seen)) {
      if (isRight) continue;
      anomalies.push({
        kind: 'missing',
        message: `the responder to ${id} did not see its ${part}`,
        evidence: evidenceOf(asked),
      });
    }
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing: 'no responder described what it saw' });
}

function partsOf(
  { subject, headers = [] }: { readonly subject: string; readonly headers?: readonly Header[] },
  seen: Described,
): readonly (readonly [string, boolean])[] {
  return [
    ['subject', seen.subject === subject],
    ['headers', JSON.stringify(seen.headers) === JSON.stringify(headers)],
    ['reply subject', typeof seen.reply === 'string' && seen.reply !== ''],
  ];
}

interface Described {
  readonly subject?: unknown;
  readonly headers?: unknown;
  readonly reply?: unknown;
}

function described(body: Asked['replies'][number]['body']): Described {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytesOf(body)).toString('utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/**
 * The responder that is addressed answers: the counts of one that counts, each subject having its own, go 1, 2, 3, … in
 * the order of requests that do not overlap. `unknown` where none replied twice. O(requests).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/reqreply
 */
export function responderIdentity(): Checker {
  return { name: 'responder-identity', tests: 'responder-identity', check: checkIdentity };
}

function checkIdentity(history: History): Verdict {
  const anomalies: Anomaly[] = [...refusedResponders(history)];
  const counted = new Map<string, number>();
  let compared = 0;
  for (const asked of requestsIn(history)) {
    const { responders, replies, id } = asked;
    const [responder, ...others] = responders;
    const [reply] = replies;
    if (responder?.behaviour.kind !== 'count' || others.length > 0 || reply === undefined) continue;
    const { id: name } = responder.receiver;
    const wanted = (counted.get(name) ?? 0) + 1;
    counted.set(name, wanted);
    if (wanted > 1) compared += 1;
    const got = Buffer.from(bytesOf(reply.body)).toString('utf8');
    if (got === String(wanted)) continue;
    anomalies.push({
      kind: 'foreign',
      message: `${id} to ${name} was its request ${wanted} and got the count '${got}'`,
      evidence: evidenceOf(asked),
    });
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing: 'no responder that counts replied twice' });
}
