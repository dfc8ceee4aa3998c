import type { CancellationReason } from '@aws-sdk/client-dynamodb';
import { bucketOf, headOf } from './kv-rows.ts';
import type { BucketRow, Head } from './kv-rows.ts';

/**
 * What a connection last saw of a bucket. A write need not read first: it is made on condition that what is known still
 * holds, and where it does not, DynamoDB says what does. What a refusal rests on is read, or was told by DynamoDB just now.
 */
export interface Known {
  bucket: BucketRow | undefined;
  /** By key, without their values; a key not seen yet is taken for one that was never written. */
  readonly heads: Map<string, Head>;
}

/** Keys of one bucket that are kept in mind. */
const headsMax = 10_000;

export function createKnown(bucket?: BucketRow): Known {
  return { bucket, heads: new Map() };
}

/** The key looked longest ago is forgotten first. */
export function remember({ heads }: Known, key: string, head: Head | undefined): void {
  heads.delete(key);
  if (head === undefined) return;
  heads.set(key, { ...head, entry: { ...head.entry, value: new Uint8Array() } });
  const [oldest] = heads.keys();
  if (heads.size > headsMax && oldest !== undefined) heads.delete(oldest);
}

/**
 * Corrects what is known by why a transaction, whose first items were the bucket and the head, was refused; `true` where it
 * was told the head.
 */
export function learn(
  known: Known,
  key: string,
  [ofBucket, ofHead]: readonly (CancellationReason | undefined)[],
): boolean {
  if (ofBucket?.Code !== 'None') known.bucket = bucketOf(ofBucket?.Item);
  const head = headOf(ofHead?.Item);
  if (head !== undefined) remember(known, key, head);
  return head !== undefined;
}
