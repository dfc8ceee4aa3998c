import { isRecord } from '../codecs/json.ts';
import type { Mapping } from './mapping.ts';

/** A message as ReceiveMessage answers it, as far as it is used. */
export interface QueueMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly Attributes: Readonly<Record<string, unknown>>;
  readonly MessageAttributes: Readonly<Record<string, unknown>>;
}

/** A message as the function gets it: recorded. */
export interface QueueRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly messageAttributes: Readonly<Record<string, unknown>>;
  readonly md5OfMessageAttributes?: string | null;
  readonly md5OfBody: string;
  readonly eventSource: 'aws:sqs';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

/** Takes the messages out of an answer; there are none where it has no list. */
export function readMessages(list: unknown): readonly QueueMessage[] {
  return Array.isArray(list) ? list.filter(isRecord).map(readMessage) : [];
}

/**
 * Without attributes there is no digest: recorded as null from mappings with a batching window, and as nothing from those
 * without one.
 */
export function queueRecord(
  message: QueueMessage,
  { sourceArn, settings }: Pick<Mapping, 'sourceArn' | 'settings'>,
  region: string,
): QueueRecord {
  const digest = message.MD5OfMessageAttributes ?? (settings.windowSeconds > 0 ? null : undefined);
  const attributes = Object.entries(message.MessageAttributes).map(([name, value]) => [name, renderAttribute(value)]);
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: Object.fromEntries(attributes),
    ...(digest !== undefined && { md5OfMessageAttributes: digest }),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: sourceArn,
    awsRegion: region,
  };
}

function readMessage(message: Readonly<Record<string, unknown>>): QueueMessage {
  const text = (name: string): string => {
    const value = message[name];
    return typeof value === 'string' ? value : '';
  };
  const record = (name: string) => {
    const value = message[name];
    return isRecord(value) ? value : {};
  };
  const digest = text('MD5OfMessageAttributes');
  return {
    MessageId: text('MessageId'),
    ReceiptHandle: text('ReceiptHandle'),
    Body: text('Body'),
    MD5OfBody: text('MD5OfBody'),
    ...(digest !== '' && { MD5OfMessageAttributes: digest }),
    Attributes: record('Attributes'),
    MessageAttributes: record('MessageAttributes'),
  };
}

function renderAttribute(value: unknown): object {
  const attribute = isRecord(value) ? value : {};
  const binary = attribute['BinaryValue'];
  return {
    stringValue: attribute['StringValue'],
    ...(binary instanceof Uint8Array && { binaryValue: Buffer.from(binary).toString('base64') }),
    stringListValues: [],
    binaryListValues: [],
    dataType: attribute['DataType'],
  };
}
