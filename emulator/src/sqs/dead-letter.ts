import { isRecord } from '../codecs/json.ts';
import type { World } from '../service.ts';
import { queueOfArn } from './queue-url.ts';
import { parseRedrivePolicy } from './redrive-policy.ts';
import { nextOrdinal, remove, store } from './storage.ts';
import type { Message, Queue, SqsState } from './state.ts';

export interface Redrive {
  readonly target: Queue;
  readonly maxReceiveCount: number;
}

/** Where a queue's messages go after too many receives; `undefined` also where that queue is not there (any more). */
export function redrivePolicyOf(queue: Queue, state: SqsState, world: World): Redrive | undefined {
  const text = queue.attributes.get('RedrivePolicy');
  if (text === undefined) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = parseRedrivePolicy(text, queue.arn);
  const target = queueOfArn(deadLetterTargetArn, state, world);
  return target === undefined || !allows(target, queue) ? undefined : { target, maxReceiveCount };
}

/**
 * The message keeps its id, its receive count and its time of sending; a FIFO queue's counts its retention anew.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export function moveToDeadLetterQueue(queue: Queue, message: Message, target: Queue, nowMs: number): void {
  remove(queue, message);
  message.ordinal = nextOrdinal(target);
  message.deadLetterSourceArn = queue.arn;
  message.visibleAtMs = nowMs;
  if (target.isFifo) message.enqueuedMs = nowMs;
  store(target, message, nowMs);
}

/** Does the dead-letter queue let this source use it? */
export function allows(target: Queue, source: Pick<Queue, 'arn'>): boolean {
  const text = target.attributes.get('RedriveAllowPolicy');
  if (text === undefined) return true;
  const policy: unknown = JSON.parse(text);
  if (!isRecord(policy) || policy['redrivePermission'] === 'allowAll') return true;
  const { sourceQueueArns } = policy;
  return Array.isArray(sourceQueueArns) && sourceQueueArns.includes(source.arn);
}
