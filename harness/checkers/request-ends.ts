import type { Anomaly, Checker, History, Observation, Verdict } from '#core';
import { conclude } from './conclude.ts';
import { isTimed } from './is-timed.ts';
import { refusedResponders } from './replies.ts';
import { evidenceOf, requestsIn } from './requests.ts';
import type { Answering } from './requests.ts';

/**
 * A request that nobody can answer fails at once, with an error of its own: definitely, and within a second and half
 * the time its caller gave it, or in an adverse run before that time has passed. The error's kind is observed. `unknown`
 * where every request had a responder. O(requests).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/reqreply#no-responders
 */
export function noResponders(): Checker {
  return { name: 'no-responders', tests: 'no-responders', check: checkNobody };
}

/** Two round trips of a slow network and a retry; a deadline is longer by far. */
const atOnceMs = 1_000;

function checkNobody(history: History): Verdict {
  const nobody = requestsIn(history).filter(({ isToNobody }) => isToNobody);
  const anomalies: Anomaly[] = [...refusedResponders(history)];
  const words = new Set<string>();
  for (const asked of nobody) {
    const { operation, tookMs, id } = asked;
    words.add(operation.end?.error ?? 'nothing');
    const isDefinite = operation.end?.kind === 'fail' && operation.end.error !== 'timeout';
    const { timeoutMs } = operation.call.input;
    const soonMs = isTimed(history) ? Math.min(atOnceMs, timeoutMs / 2) : timeoutMs;
    if (isDefinite && tookMs < soonMs) continue;
    anomalies.push({
      kind: 'silent',
      message: `${id}, which nobody could answer, ended as ${operation.end?.error ?? 'ok'} after ${Math.round(tookMs)} ms`,
      evidence: evidenceOf(asked),
    });
  }
  return conclude({
    facts: { compared: nobody.length },
    anomalies,
    compared: nobody.length,
    nothing: 'every request had a responder',
    ...(nobody.length === 0 ? {} : { observations: { 'error for nobody': { word: [...words].sort().join(' or ') } } }),
  });
}

/** In real time a timer fires late: a busy machine's event loop may be held for some tenths of a second. */
const defaultGraceMs = 500;

/**
 * A request without a reply ends when its caller's deadline passes, not before and not much later, and nothing but a
 * responder replies. `unknown` where every request was answered, or none had a responder. O(requests).
 *
 * @see https://docs.nats.io/nats-concepts/core-nats/reqreply
 */
export function requestDeadline({ graceMs = defaultGraceMs }: { readonly graceMs?: number } = {}): Checker {
  return { name: 'request-deadline', tests: 'request-deadline', check: (history) => checkDeadline(history, graceMs) };
}

function checkDeadline(history: History, graceMs: number): Verdict {
  const late = requestsIn(history).filter(
    ({ operation, responders, replies }) =>
      operation.call.name === 'request' && responders.length > 0 && (replies.length === 0 || areSilent(responders)),
  );
  const anomalies: Anomaly[] = [...refusedResponders(history)];
  for (const asked of late) {
    const { operation, tookMs, id, replies } = asked;
    const { timeoutMs } = operation.call.input;
    if (replies.length > 0) {
      anomalies.push({
        kind: 'invented',
        message: `${id}, which nobody answers, got a reply after ${Math.round(tookMs)} ms`,
        evidence: evidenceOf(asked),
      });
      continue;
    }
    // Clocks of real time round to the next millisecond or the one before.
    const kind = tookMs < timeoutMs - 2 ? 'early' : 'overdue';
    if (kind === 'overdue' && tookMs <= timeoutMs + graceMs) continue;
    anomalies.push({
      kind,
      message: `${id} had ${timeoutMs} ms and ended after ${Math.round(tookMs)} ms`,
      evidence: evidenceOf(asked),
    });
  }
  return conclude({
    facts: { compared: late.length },
    anomalies,
    compared: late.length,
    nothing: 'no request with a responder went without a reply',
  });
}

function areSilent(responders: readonly Answering[]): boolean {
  return responders.every(({ behaviour }) => behaviour.kind === 'silent');
}

/**
 * How the last request of the history ended, as an observation: `ok`, which is more where NATS gives no reply, or the
 * error's kind. Nothing is judged. `unknown`
 * where none ended.
 */
export function requestEnd(): Checker {
  return { name: 'request-end', tests: 'request-deadline', check: checkEnd };
}

function checkEnd(history: History): Verdict {
  const ends = requestsIn(history).flatMap(({ operation: { end } }) => end ?? []);
  const last = ends.at(-1);
  const observations: Record<string, Observation> =
    last === undefined
      ? {}
      : {
          'end of the request': {
            word: last.error ?? last.kind,
            ...(last.kind === 'ok' ? { unlike: 'stronger' } : {}),
          },
        };
  return conclude({
    facts: { ended: ends.length },
    anomalies: [],
    compared: ends.length,
    nothing: 'no request ended',
    observations,
  });
}
