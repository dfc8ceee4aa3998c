import type { Anomaly, Capability, Checker, History, Observation, Verdict } from '#core';
import { bytesOf } from '#core';
import { conclude, refusals } from './conclude.ts';
import { isTimed } from './is-timed.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import { bodiesOf, evidenceOf, requestsIn } from './requests.ts';
import type { Asked } from './requests.ts';

/**
 * A request that somebody is there to answer gets a reply, and of several the first. `unknown` where nobody was there to
 * answer any. O(requests × responders).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/reqreply
 */
export function requestReply(): Checker {
  return { name: 'request-reply', tests: 'request-reply', check: checkReply };
}

function checkReply(history: History): Verdict {
  const anomalies = [...refusedResponders(history)];
  let compared = 0;
  for (const asked of requestsIn(history)) {
    const { operation, responders, replies, id } = asked;
    const first = responders.flatMap(({ behaviour }) => bodiesOf(behaviour, operation.call.input.body)?.[0] ?? []);
    if (operation.call.name !== 'request' || first.length === 0) continue;
    compared += 1;
    const [reply] = replies;
    if (reply === undefined) {
      anomalies.push({
        kind: 'unanswered',
        message: `${id} was to be answered and ended as ${operation.end?.error ?? 'nothing'}`,
        evidence: evidenceOf(asked),
      });
    } else if (isLaterReply(asked, reply.body)) {
      anomalies.push({ kind: 'not-first', message: `${id} got a reply after the first`, evidence: evidenceOf(asked) });
    }
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing: 'nobody was there to answer a request' });
}

function isLaterReply({ responders, operation }: Asked, body: string): boolean {
  const bodies = responders.map(({ behaviour }) => bodiesOf(behaviour, operation.call.input.body) ?? []);
  return !bodies.some(([first]) => first === body) && bodies.some((all) => all.some((other) => other === body));
}

/**
 * A reply reaches its own request: none is answered with the body of another. Judged on responders that reply with the
 * body of the request. `unknown` where no such reply came. O(requests).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/reqreply
 */
export function replyMatching(): Checker {
  return { name: 'reply-matching', tests: 'reply-matching', check: checkMatching };
}

function checkMatching(history: History): Verdict {
  const requests = requestsIn(history);
  const owners = new Map(requests.map((asked) => [asked.operation.call.input.body, asked]));
  const anomalies = [...refusedResponders(history)];
  let compared = 0;
  for (const asked of requests) {
    for (const { body } of asked.replies) {
      const owner = owners.get(body);
      if (owner === undefined) continue;
      compared += 1;
      if (owner === asked) continue;
      anomalies.push({
        kind: 'crossed',
        message: `${asked.id} got the reply to ${owner.id}`,
        evidence: [owner.operation.index, ...evidenceOf(asked)],
      });
    }
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing: 'no reply had the body of a request' });
}

/**
 * The bytes of a reply arrive as they were sent, from none to the server's maximum of a mebibyte. What becomes of a
 * larger one is observed. In an adverse run one that comes too late is for `requestReply`. `unknown` where no reply of known bytes was due. O(requests × responders × bytes).
 *
 * @see https://docs.nats.io/reference/reference-protocols/nats-protocol#info (max_payload)
 */
export function replyIntact(): Checker {
  return { name: 'reply-intact', tests: 'payload-bytes', check: checkIntact };
}

const payloadBytesMax = 1_048_576;

function checkIntact(history: History): Verdict {
  const anomalies = [...refusedResponders(history)];
  const observations: Record<string, Observation> = {};
  let compared = 0;
  for (const asked of requestsIn(history)) {
    const { responders, replies, operation, id } = asked;
    const expected = responders.flatMap(({ behaviour }) => bodiesOf(behaviour, operation.call.input.body) ?? []);
    const [first] = expected;
    if (first === undefined) continue;
    if (bytesOf(first).length > payloadBytesMax) {
      observations['oversize reply'] = {
        word: replies.length > 0 ? 'delivered' : (operation.end?.error ?? 'nothing'),
        ...(replies.length > 0 ? { unlike: 'stronger' as const } : {}),
      };
      continue;
    }
    if (replies.length === 0 && !isTimed(history)) continue;
    compared += 1;
    if (replies.length > 0 && replies.every(({ body }) => expected.includes(body))) continue;
    const what =
      replies[0] === undefined ? `ended as ${operation.end?.error}` : `got ${bytesOf(replies[0].body).length} bytes`;
    anomalies.push({
      kind: replies[0] === undefined ? 'lost' : 'altered',
      message: `${id} was to get a reply of ${bytesOf(first).length} bytes and ${what}`,
      evidence: evidenceOf(asked),
    });
  }
  const observed = Object.keys(observations).length === 0 ? {} : { observations };
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no reply of known bytes was due',
    ...observed,
  });
}

/**
 * The bytes of a request reach the responder as they were sent. `unknown` where no request was executed or refused.
 * O(requests).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/reqreply
 */
export function requestIntact(): Checker {
  return { name: 'request-intact', tests: 'payload-bytes', check: checkRequest };
}

function checkRequest(history: History): Verdict {
  const { executions } = indexHistory(history);
  const alien = executions.filter(({ sent }) => sent === undefined);
  const requests = requestsIn(history).filter(({ responders }) => responders.length > 0);
  const anomalies: Anomaly[] = [
    ...refusedResponders(history),
    ...alien.map(({ receiver, index }): Anomaly => ({
      kind: 'altered',
      message: `${receiver} executed bytes that nobody sent`,
      evidence: [index],
    })),
    ...requests
      .filter((asked) => asked.executions.length === 0)
      .map((asked): Anomaly => ({
        kind: 'lost',
        message: `${asked.id} was never executed and ended as ${asked.operation.end?.error ?? 'ok'}`,
        evidence: evidenceOf(asked),
      })),
  ];
  return conclude({
    facts: { compared: requests.length },
    anomalies,
    compared: requests.length,
    nothing: 'nobody was there to execute a request',
  });
}

/**
 * One request collects every reply that comes before its deadline, up to its maximum. `unknown` where no such request
 * had a responder. O(requests × responders).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-47.md
 */
export function manyReplies({ tests = 'request-many' }: { readonly tests?: Capability } = {}): Checker {
  return { name: 'many-replies', tests, check: checkMany };
}

function checkMany(history: History): Verdict {
  const anomalies = [...refusedResponders(history), ...refusals(operationsOf(indexHistory(history), 'request-many'))];
  let compared = 0;
  for (const asked of requestsIn(history)) {
    const { operation, responders, replies, id } = asked;
    if (operation.call.name !== 'request-many') continue;
    const { body, repliesMax = Infinity } = operation.call.input;
    const due = responders.flatMap(({ behaviour }) => bodiesOf(behaviour, body) ?? []).length;
    const wanted = Math.min(due, repliesMax);
    if (wanted === 0) continue;
    compared += 1;
    if (replies.length === wanted) continue;
    anomalies.push({
      kind: replies.length < wanted ? 'lost' : 'unexpected',
      message: `${id} was to collect ${wanted} replies and got ${replies.length}`,
      evidence: evidenceOf(asked),
    });
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing: 'no request for many replies had a responder' });
}

/** Calls that a responder or a requester could not even make. */
export function refusedResponders(history: History): readonly Anomaly[] {
  return refusals(operationsOf(indexHistory(history), 'respond', 'request'), ['no-responders']);
}
