import { sqsQuotas } from '../quotas.ts';
import { hide } from './storage.ts';
import type { Message, Queue } from './state.ts';

/**
 * The messages of an attempt that is repeated within five minutes: the same ones, hidden anew, as long as none of them
 * was deleted or became visible since.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-receiverequestattemptid-request-parameter.html
 */
export function repeatAttempt(
  queue: Queue,
  { attemptId, visibilityMs }: { readonly attemptId: string | undefined; readonly visibilityMs: number },
  nowMs: number,
): readonly Message[] | undefined {
  if (attemptId === undefined) return undefined;
  const attempt = queue.receiveAttempts.get(attemptId);
  if (attempt === undefined || attempt.expiresMs <= nowMs) return undefined;
  const isIntact = attempt.messages.every(
    ({ standing, receiveCount, visibleAtMs }, index) =>
      standing === 'in-flight' && visibleAtMs > nowMs && receiveCount === attempt.receiveCounts[index],
  );
  if (!isIntact) return undefined;
  for (const message of attempt.messages) hide(queue, message, nowMs + visibilityMs);
  return attempt.messages;
}

export function rememberAttempt(
  queue: Queue,
  attemptId: string | undefined,
  messages: readonly Message[],
  nowMs: number,
): void {
  for (const [id, { expiresMs }] of queue.receiveAttempts) {
    if (expiresMs > nowMs) break;
    queue.receiveAttempts.delete(id);
  }
  if (attemptId === undefined || messages.length === 0) return;
  queue.receiveAttempts.set(attemptId, {
    messages,
    receiveCounts: messages.map(({ receiveCount }) => receiveCount),
    expiresMs: nowMs + sqsQuotas.receiveAttemptIntervalMs,
  });
}
