import { AwsError } from '../errors.ts';
import type { Message, Queue } from './state.ts';

/** What a receipt handle stands for. */
export interface Receipt {
  readonly messageId: string;
  /** The how-manieth receive of the message it came from. */
  readonly ordinal: number;
}

/**
 * Base64 text that begins as AWS's does; it names receive, queue and message, and is opaque to callers. The receive comes
 * first, so that no handle begins with another.
 */
export function receiptHandle(queue: Queue, message: Message): string {
  return `AQEB${Buffer.from(`${message.receiveCount}|${queue.incarnation}|${queue.name}|${message.id}`, 'utf8').toString('base64')}`;
}

/** @throws ReceiptHandleIsInvalid where it is not one of this queue's */
export function parseReceiptHandle(queue: Queue, handle: string): Receipt {
  const text = handle.startsWith('AQEB') ? Buffer.from(handle.slice(4), 'base64').toString('utf8') : '';
  const [ordinal, incarnation, name, messageId] = text.split('|');
  if (
    messageId === undefined ||
    ordinal === undefined ||
    !/^\d+$/.test(ordinal) ||
    name !== queue.name ||
    Number(incarnation) !== queue.incarnation
  ) {
    throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return { messageId, ordinal: Number(ordinal) };
}
