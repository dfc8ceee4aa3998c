import type { Header } from '../connection.ts';
import { asciiJson, headersOf, parseObject } from '../json.ts';

/** A message with all that NATS would carry, and what order and duplicates are told by. */
export interface Envelope {
  readonly subject: string;
  readonly headers: readonly Header[];
  readonly payload: Uint8Array;
  readonly reply?: string;
  /** Of a request: where the inbox of its reply subject is. */
  readonly replyQueueUrl?: string;
  readonly publisher: string;
  /** Counts the publisher's messages from 1. */
  readonly sequence: number;
  readonly publishedMs: number;
  /** Set on a part of a payload that is too large for one message: its place from 0, and whether more follow. */
  readonly part?: { readonly index: number; readonly isLast: boolean };
}

/**
 * JSON in ASCII, because SNS and SQS refuse most control characters and some of Unicode.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function encodeEnvelope(envelope: Envelope): string {
  const { subject, headers, payload, reply, replyQueueUrl, publisher, sequence, publishedMs, part } = envelope;
  return asciiJson({
    v: 1,
    s: subject,
    ...(headers.length > 0 && { h: headers }),
    p: Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('base64'),
    ...(reply !== undefined && { r: reply }),
    ...(replyQueueUrl !== undefined && { ru: replyQueueUrl }),
    pub: publisher,
    seq: sequence,
    ts: publishedMs,
    ...(part !== undefined && { part: part.index, last: part.isLast }),
  });
}

/** `undefined` where the text is not an envelope. */
export function decodeEnvelope(text: string): Envelope | undefined {
  const wire = parseObject(text);
  if (wire === undefined) return undefined;
  const { v, s, h, p, r, ru, pub, seq, ts, part, last } = wire;
  if (v !== 1 || typeof s !== 'string' || typeof p !== 'string' || typeof pub !== 'string') return undefined;
  if (typeof seq !== 'number' || typeof ts !== 'number') return undefined;
  return {
    subject: s,
    headers: headersOf(h),
    payload: Buffer.from(p, 'base64'),
    ...(typeof r === 'string' && { reply: r }),
    ...(typeof ru === 'string' && { replyQueueUrl: ru }),
    publisher: pub,
    sequence: seq,
    publishedMs: ts,
    ...(typeof part === 'number' && { part: { index: part, isLast: last === true } }),
  };
}
