import type { Capability, Choice, Row } from '#core';

/** Wrong on any system whatever becomes of the sessions' processes: nothing is told twice, changed or made up. */
const neverExcused: ReadonlySet<string> = new Set([
  'altered',
  'crossed',
  'duplicated',
  'echoed',
  'foreign',
  'invented',
  'not-linearizable',
  'redelivered',
  'reordered',
  'reused',
  'unexpected',
]);

/** Promises that a process which stands still breaks by itself: its deadline passes. */
const withDeadline: ReadonlySet<Capability> = new Set([
  'application-error',
  'execute-once',
  'no-responders',
  'reply-matching',
  'request-deadline',
  'request-many',
  'request-metadata',
  'request-reply',
  'responder-identity',
]);

/**
 * Would NATS have shown the anomaly too, with processes that were paused or killed so? A process that dies misses what
 * comes until it is back, there as anywhere, and one that stands still misses its deadlines.
 */
export function isExcused(
  { requires }: Pick<Row, 'requires'>,
  kind: string,
  choices: readonly Pick<Choice, 'point'>[],
): boolean {
  if (neverExcused.has(kind)) return false;
  if (choices.some(({ point }) => point === 'PROC-restart')) return true;
  return choices.some(({ point }) => point === 'PROC-pause') && requires.some((promise) => withDeadline.has(promise));
}
