import type { Anomaly, Checker, History, Observation, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import type { HistoryIndex, Sent } from './index-history.ts';

/** Bytes of a protocol line after its verb; a subject needs two beside it at least. As a nats-server 2.15.2 was seen to count. */
const subjectBytesMax = 4_094;

/**
 * Filters that a server takes are taken, all others refused: those with an empty token, white space, or `>` before the
 * end. `unknown` where not both kinds were subscribed to. O(subscriptions).
 *
 * @see https://docs.nats.io/nats-concepts/subjects
 */
export function filterGrammar(): Checker {
  return { name: 'filter-grammar', tests: 'subject-mapping', check: checkFilters };
}

function checkFilters(history: History): Verdict {
  const anomalies: Anomaly[] = [];
  const seen = { valid: 0, invalid: 0 };
  for (const { call, end, index, session } of operationsOf(indexHistory(history), 'subscribe')) {
    if (end === undefined || end.kind === 'info') continue;
    const { pattern } = call.input;
    const isValid = isFilter(pattern);
    seen[isValid ? 'valid' : 'invalid'] += 1;
    if (end.error === 'unsupported' || (end.kind === 'ok') !== isValid) {
      const what = end.kind === 'ok' ? 'was taken' : `was refused: ${end.error}`;
      const kind = end.kind === 'ok' ? 'taken' : 'refused';
      anomalies.push({ kind, message: `filter '${pattern}' of ${session} ${what}`, evidence: [index, end.index] });
    }
  }
  return conclude({
    facts: seen,
    anomalies,
    compared: Math.min(seen.valid, seen.invalid),
    nothing: 'not both valid and invalid filters were subscribed to',
  });
}

/** Whether a server takes the filter. */
export function isFilter(pattern: string): boolean {
  return subjectFaultOf(pattern) === undefined && !/(?:^|\.)>\./.test(pattern);
}

/**
 * A message to a subject that a server does not route reaches nobody: one with an empty token, with white space, or too
 * long for a protocol line. How the publish ended and whether the session lived on is observed by kind of fault.
 * `unknown` where there was none. O(deliveries + operations).
 *
 * @see https://docs.nats.io/reference/reference-protocols/nats-protocol
 */
export function faultySubjects(): Checker {
  return { name: 'faulty-subjects', tests: 'subject-mapping', check: checkSubjects };
}

function checkSubjects(history: History): Verdict {
  const index = indexHistory(history);
  const faulty = [...index.sent.values()].flatMap((sent) => {
    const fault = subjectFaultOf(sent.subject);
    return fault === undefined ? [] : [{ sent, fault }];
  });
  const isFaulty = new Set(faulty.map(({ sent }) => sent.operation.index));
  const anomalies: Anomaly[] = refusals(operationsOf(index, 'publish', 'request')).filter(
    ({ kind, evidence: [at] }) => kind === 'unsupported' || !isFaulty.has(at),
  );
  for (const { receiver, sent, index: at } of index.deliveries) {
    if (sent === undefined || !isFaulty.has(sent.operation.index)) continue;
    const message = `${receiver} got ${sent.id}, whose subject '${sent.subject}' a server does not route`;
    anomalies.push({ kind: 'unexpected', message, evidence: [sent.operation.index, at] });
  }
  const compared = faulty.filter(({ sent }) => sent.operation.end !== undefined).length;
  const observations = Object.fromEntries(
    Map.groupBy(faulty, ({ sent, fault }) => `${sent.operation.call.name} ${fault}`)
      .entries()
      .map(([name, group]): [string, Observation] => [name, { word: wordsOf(index, group) }]),
  );
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no message went to a subject that a server does not route',
    observations,
  });
}

/** What became of the calls, each word once. */
function wordsOf(index: HistoryIndex, group: readonly { readonly sent: Sent }[]): string {
  return [...new Set(group.map(({ sent }) => wordOf(index, sent)))].sort().join(', ');
}

function wordOf({ operations }: HistoryIndex, { operation: { session, end, index } }: Sent): string {
  if (end === undefined) return 'unanswered';
  if (end.kind !== 'ok') return end.error ?? 'failed';
  const isLost = operations.some(
    (later) => later.session === session && later.index > index && closedWords.has(later.end?.error ?? ''),
  );
  return isLost ? 'taken, then closed' : 'taken';
}

/** A call that was under way when the connection ended, and one that came later. */
const closedWords: ReadonlySet<string> = new Set(['closed', 'connection-lost']);

function subjectFaultOf(subject: string): 'empty token' | 'white space' | 'too long' | undefined {
  if (subject.split('.').includes('')) return 'empty token';
  if (/[ \t\r\n]/.test(subject)) return 'white space';
  return Buffer.byteLength(subject) > subjectBytesMax ? 'too long' : undefined;
}
