import { AwsError } from '../errors.ts';
import { sqsQuotas } from '../quotas.ts';
import type { World } from '../service.ts';
import { serve } from './availability.ts';
import { invalidValue } from './errors.ts';
import { parseReceiptHandle } from './receipt-handle.ts';
import { hide, promote, remove, reveal } from './storage.ts';
import type { Message, Queue, SqsState } from './state.ts';

/**
 * Deletes what a receipt handle names. One that is not there any more is no error; a FIFO queue wants the handle of a
 * lease that still runs.
 */
export function deleteMessage(queue: Queue, handle: string, state: SqsState, world: World): void {
  const { messageId, ordinal } = parseReceiptHandle(queue, handle);
  promote(queue, world.clock.epochMs());
  const message = queue.messages.get(messageId);
  if (message === undefined) return;
  const key = `${queue.key}/${message.ordinal}#${ordinal}`;
  if (queue.isFifo) {
    if (message.standing !== 'in-flight' || ordinal !== message.receiveCount) throw expiredHandle(handle);
  } else {
    if (ordinal !== message.receiveCount && world.choose('ADV-SQS-05', key, 2) === 1) return;
    if (world.choose('ADV-SQS-02', key, 2) === 1) return;
  }
  remove(queue, message);
  serve(queue, state, world);
}

/**
 * Gives a message in flight another visibility timeout, counted from now; no lease lasts beyond 12 hours from its
 * receive.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
 */
export function changeVisibility(
  queue: Queue,
  { handle, seconds }: { readonly handle: string; readonly seconds: number },
  state: SqsState,
  world: World,
): void {
  const { messageId } = parseReceiptHandle(queue, handle);
  const max = sqsQuotas.visibilityTimeoutSecondsMax;
  if (seconds < 0 || seconds > max) {
    throw invalidValue('VisibilityTimeout', seconds, `Must be between 0 and ${max}, if provided.`);
  }
  const nowMs = world.clock.epochMs();
  promote(queue, nowMs);
  const message = leased(queue, messageId, handle);
  if (nowMs + seconds * 1000 > message.leasedMs + max * 1000) {
    throw invalidValue(
      'VisibilityTimeout',
      seconds,
      `Total VisibilityTimeout for the message is beyond the limit [${max} seconds]`,
    );
  }
  if (seconds === 0) {
    if (message.standing === 'in-flight') reveal(queue, message, nowMs);
  } else {
    hide(queue, message, nowMs + seconds * 1000);
  }
  serve(queue, state, world);
}

/** A standard queue takes the handle of a lease that has run out as long as nobody deleted the message. */
function leased(queue: Queue, messageId: string, handle: string): Message {
  const message = queue.messages.get(messageId);
  if (message === undefined) {
    throw invalidValue(
      'ReceiptHandle',
      handle,
      'Message does not exist or is not available for visibility timeout change.',
    );
  }
  if (queue.isFifo && message.standing !== 'in-flight') {
    throw new AwsError('MessageNotInflight', `Message ${messageId} is not in flight.`);
  }
  return message;
}

function expiredHandle(handle: string): AwsError {
  return invalidValue('ReceiptHandle', handle, 'The receipt handle has expired.');
}
