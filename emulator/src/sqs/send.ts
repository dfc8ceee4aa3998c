import { hash } from 'node:crypto';
import { AwsError } from '../errors.ts';
import { uuid } from '../ids.ts';
import { bytesOf, textOf } from '../late-text.ts';
import type { Text } from '../late-text.ts';
import { onceInARow } from '../once.ts';
import { sqsQuotas } from '../quotas.ts';
import type { World } from '../service.ts';
import { serve } from './availability.ts';
import { invalidParameter, invalidValue, missingParameter } from './errors.ts';
import type { MessageSystemAttributeValue } from './generated/shapes.ts';
import {
  attributesBytes,
  attributesMd5,
  checkMessageAttributes,
  hasInvalidCharacters,
  invalidContents,
} from './message-attributes.ts';
import type { MessageAttributes } from './message-attributes.ts';
import { md5 } from './md5.ts';
import { nextOrdinal, store } from './storage.ts';
import { nextCall } from './state.ts';
import type { Message, Queue, SqsState } from './state.ts';

/** What a send says, of one message or of an entry of a batch. */
export interface Sending {
  readonly MessageBody: Text;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: MessageAttributes | undefined;
  readonly MessageSystemAttributes?: Readonly<Record<string, MessageSystemAttributeValue>> | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

export interface Sent {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string | undefined;
  readonly MD5OfMessageSystemAttributes?: string | undefined;
  readonly SequenceNumber?: string | undefined;
}

export interface Sender {
  readonly id: string;
  readonly traceHeader?: string | undefined;
}

/**
 * Checks what a send says against the queue. `isEntry`: words some refusals as a batch has them.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function checkSending(queue: Queue, sending: Sending, { isEntry }: { readonly isEntry: boolean }): void {
  const { DelaySeconds, MessageGroupId } = sending;
  const bytes = checkContents(sending);
  if (!isEntry) checkIdentity(queue, sending);
  if (MessageGroupId !== undefined) checkId('MessageGroupId', MessageGroupId);
  if (DelaySeconds !== undefined) checkDelay(queue, DelaySeconds);
  const bytesMax = Number(queue.attributes.get('MaximumMessageSize'));
  if (bytes > bytesMax) {
    const lead = isEntry ? 'One or more parameters cannot be validated' : 'One or more parameters are invalid';
    throw invalidParameter(`${lead}. Reason: Message must be shorter than ${bytesMax} bytes.`);
  }
}

/** What no queue takes. The size in bytes; a topic sends the same to one queue after another. */
const checkContents = onceInARow((sending: Sending): number => {
  const { MessageBody, MessageAttributes = {} } = sending;
  if (MessageBody === '') throw missingParameter('MessageBody');
  // What is read late is made by a service of ours, which sees to it.
  if (typeof MessageBody === 'string' && hasInvalidCharacters(MessageBody)) throw invalidContents();
  checkMessageAttributes(MessageAttributes);
  return sendingBytes(sending);
});

/** Group and de-duplication id; a batch is refused as a whole where one of them is wrong. */
export function checkIdentity(queue: Queue, sending: Sending, { isEntry = false } = {}): void {
  const { MessageGroupId, MessageDeduplicationId } = sending;
  if (!queue.isFifo) {
    if (MessageDeduplicationId !== undefined) {
      throw invalidValue(
        'MessageDeduplicationId',
        MessageDeduplicationId,
        'The request include parameter that is not valid for this queue type.',
      );
    }
    return;
  }
  if (MessageGroupId === undefined) {
    throw isEntry
      ? invalidParameter('The request must contain the parameter MessageGroupId.')
      : missingParameter('MessageGroupId');
  }
  if (MessageDeduplicationId !== undefined) checkId('MessageDeduplicationId', MessageDeduplicationId);
  else if (queue.attributes.get('ContentBasedDeduplication') !== 'true') {
    throw invalidParameter(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
}

export function sendingBytes({ MessageBody, MessageAttributes = {} }: Sending): number {
  return bytesOf(MessageBody) + attributesBytes(MessageAttributes);
}

/** `put`, with the digests that its sender is answered. */
export function send(queue: Queue, sending: Sending, sender: Sender, state: SqsState, world: World): Sent {
  const { messageId, sequenceNumber } = put(queue, sending, sender, state, world);
  const { MessageBody, MessageAttributes, MessageSystemAttributes } = sending;
  return {
    MessageId: messageId,
    MD5OfMessageBody: md5(textOf(MessageBody)),
    MD5OfMessageAttributes: MessageAttributes && attributesMd5(MessageAttributes),
    MD5OfMessageSystemAttributes: MessageSystemAttributes && attributesMd5(MessageSystemAttributes),
    SequenceNumber: sequenceNumber,
  };
}

/** What a queue calls a message. */
export interface Taken {
  readonly messageId: string;
  /** Of a FIFO queue. */
  readonly sequenceNumber: string | undefined;
}

/** Puts a checked message into the queue, unless it is a duplicate of one sent within five minutes. */
export function put(queue: Queue, sending: Sending, sender: Sender, state: SqsState, world: World): Taken {
  const { MessageBody } = sending;
  const deduplicationId = queue.isFifo
    ? (sending.MessageDeduplicationId ?? hash('sha256', textOf(MessageBody)))
    : undefined;
  const nowMs = world.clock.epochMs();
  const duplicate = deduplicationId === undefined ? undefined : duplicateOf(queue, sending, deduplicationId, nowMs);
  if (duplicate !== undefined) return duplicate;
  const message = messageOf(queue, sending, { sender, deduplicationId, nowMs, world });
  if (deduplicationId !== undefined && message.sequenceNumber !== undefined) {
    queue.deduplication.set(deduplicationKey(queue, sending, deduplicationId), {
      messageId: message.id,
      sequenceNumber: message.sequenceNumber,
      expiresMs: nowMs + sqsQuotas.deduplicationIntervalMs,
    });
  }
  store(queue, message, nowMs);
  serve(queue, state, world);
  return { messageId: message.id, sequenceNumber: message.sequenceNumber };
}

function messageOf(
  queue: Queue,
  sending: Sending,
  {
    sender,
    deduplicationId,
    nowMs,
    world,
  }: {
    readonly sender: Sender;
    readonly deduplicationId: string | undefined;
    readonly nowMs: number;
    readonly world: World;
  },
): Message {
  const ordinal = nextOrdinal(queue);
  // In a FIFO queue an explicit 0 is no delay of its own either: the queue's applies.
  const delay = queue.isFifo ? sending.DelaySeconds || undefined : sending.DelaySeconds;
  const delaySeconds = delay ?? Number(queue.attributes.get('DelaySeconds'));
  return {
    id: uuid(world.random),
    body: sending.MessageBody,
    attributes: sending.MessageAttributes ?? {},
    senderId: sender.id,
    traceHeader: sending.MessageSystemAttributes?.['AWSTraceHeader']?.StringValue ?? sender.traceHeader,
    sentMs: Math.floor(nowMs),
    groupId: sending.MessageGroupId,
    deduplicationId,
    sequenceNumber: queue.isFifo ? sequenceNumber(ordinal) : undefined,
    ordinal,
    standing: 'gone',
    enqueuedMs: nowMs,
    visibleAtMs: nowMs + delaySeconds * 1000,
    receiveCount: 0,
    firstReceivedMs: undefined,
    leasedMs: nowMs,
    deadLetterSourceArn: undefined,
  };
}

/** 20 digits, growing, with gaps, as AWS's. */
function sequenceNumber(ordinal: number): string {
  return (18_849_496_460_467_696_128n + BigInt(ordinal) * 256n).toString();
}

function deduplicationKey(queue: Queue, { MessageGroupId }: Sending, deduplicationId: string): string {
  return queue.deduplicationScope === 'messageGroup' ? `${MessageGroupId} ${deduplicationId}` : deduplicationId;
}

function duplicateOf(queue: Queue, sending: Sending, deduplicationId: string, nowMs: number): Taken | undefined {
  for (const [key, { expiresMs }] of queue.deduplication) {
    if (expiresMs > nowMs) break;
    queue.deduplication.delete(key);
  }
  return queue.deduplication.get(deduplicationKey(queue, sending, deduplicationId));
}

function checkDelay(queue: Queue, seconds: number): void {
  if (queue.isFifo && seconds > 0) {
    throw invalidValue('DelaySeconds', seconds, 'The request include parameter that is not valid for this queue type.');
  }
  if (seconds < 0 || seconds > sqsQuotas.delaySecondsMax) {
    throw invalidValue('DelaySeconds', seconds, `DelaySeconds must be >= 0 and <= ${sqsQuotas.delaySecondsMax}.`);
  }
}

function checkId(parameter: string, value: string): void {
  if (!/^[\x21-\x7E]+$/.test(value) || value.length > sqsQuotas.groupIdLengthMax) {
    throw invalidValue(
      parameter,
      value,
      `${parameter} can only include alphanumeric and punctuation characters. 1 to ${sqsQuotas.groupIdLengthMax} in length.`,
    );
  }
}

/** `ADV-FIFO-04`: beyond 300 calls a second of one kind, a FIFO queue may refuse. */
export function throttleFifo(queue: Queue, operation: string, world: World): void {
  if (!queue.isFifo || queue.attributes.get('FifoThroughputLimit') === 'perMessageGroupId') return;
  const ordinal = nextCall(queue, operation);
  if (world.choose('ADV-FIFO-04', `${queue.key}/${operation}#${ordinal}`, 2) === 1) {
    throw new AwsError('RequestThrottled', 'Rate exceeded', { status: 403 });
  }
}
