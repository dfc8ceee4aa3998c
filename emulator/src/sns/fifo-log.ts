import { createHash } from 'node:crypto';
import { snsQuotas } from '../quotas.ts';

/** What SNS answered for a message of a FIFO topic. */
export interface FifoReceipt {
  readonly messageId: string;
  readonly sequenceNumber: string;
}

/** What a FIFO topic remembers: its sequence, and the receipts of the last five minutes. */
export interface FifoLog {
  lastSequence: bigint;
  /** By deduplication key, in the order of `untilMs`. */
  readonly receipts: Map<string, FifoReceipt & { readonly untilMs: number }>;
}

/** Numbers are 20 digits long and begin like this one; that they only ever grow is all AWS promises. */
const firstSequence = 10_000_000_000_000_000_000n;

export function createFifoLog(): FifoLog {
  return { lastSequence: firstSequence, receipts: new Map() };
}

/** The receipt that a message with this key got in the last five minutes. */
export function findReceipt(log: FifoLog, key: string, nowMs: number): FifoReceipt | undefined {
  for (const [known, { untilMs }] of log.receipts) {
    if (untilMs > nowMs) break;
    log.receipts.delete(known);
  }
  return log.receipts.get(key);
}

/** Numbers a new message and remembers it for five minutes. */
export function addReceipt(log: FifoLog, key: string, messageId: string, nowMs: number): FifoReceipt {
  log.lastSequence += 1n;
  const receipt = {
    messageId,
    sequenceNumber: String(log.lastSequence),
    untilMs: nowMs + snsQuotas.deduplicationIntervalMs,
  };
  log.receipts.set(key, receipt);
  return receipt;
}

/** The deduplication id that stands for a message's body, its attributes left out. */
export function contentDeduplicationId(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
