import { PayloadTooLargeError } from '../errors.ts';
import type { Envelope } from './envelope.ts';

/**
 * What a NATS server carries unless it is told otherwise.
 *
 * @see https://docs.nats.io/reference/reference-protocols/nats-protocol
 */
const payloadBytesMax = 1_048_576;

/**
 * What fits into one message of SQS or SNS as base64, with room for subject, headers and attributes.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */
export const partBytesMax = 720_000;

/** @throws PayloadTooLargeError beyond what NATS carries. */
export function checkPayload({ byteLength }: Uint8Array): void {
  if (byteLength > payloadBytesMax) throw new PayloadTooLargeError(byteLength, payloadBytesMax);
}

/** The messages that carry the envelope: itself, or its payload in parts. */
export function split(envelope: Envelope): readonly Envelope[] {
  const { payload } = envelope;
  const count = Math.ceil(payload.byteLength / partBytesMax);
  if (count <= 1) return [envelope];
  return Array.from({ length: count }, (_, index) => ({
    ...envelope,
    payload: payload.subarray(index * partBytesMax, (index + 1) * partBytesMax),
    part: { index, isLast: index === count - 1 },
  }));
}

/** Puts parts together that come in order. */
export function createJoin(): (envelope: Envelope) => Envelope | undefined {
  const begun = new Map<string, Uint8Array[]>();
  return (envelope) => {
    const { part, publisher, sequence, payload } = envelope;
    if (part === undefined) return envelope;
    const key = `${publisher} ${sequence}`;
    const parts = [...(begun.get(key) ?? []), payload];
    begun.set(key, parts);
    if (!part.isLast) return undefined;
    begun.delete(key);
    return { ...envelope, payload: Buffer.concat(parts) };
  };
}
