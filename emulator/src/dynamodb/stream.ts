import type { World } from '../service.ts';
import type { Attributes } from './attribute-value.ts';
import type { KeySchema } from './key-schema.ts';
import { dynamodbQuotas } from '../quotas.ts';

export type StreamView = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

export interface Stream {
  readonly arn: string;
  readonly label: string;
  readonly tableName: string;
  readonly region: string;
  readonly view: StreamView;
  readonly keySchema: KeySchema;
  readonly createdAtMs: number;
  status: 'ENABLING' | 'ENABLED' | 'DISABLING' | 'DISABLED';
  readonly shards: readonly [Shard, ...Shard[]];
  /** Of the next record; sequence numbers grow over all shards. */
  nextSequence: bigint;
}

/** As AWS gives them: 21 digits, so that their order as text is their order. */
export const FIRST_SEQUENCE = 100_000_000_000_000_000_001n;

export interface Shard {
  readonly id: string;
  readonly startingSequence: bigint;
  endingSequence: bigint | undefined;
  /** Oldest first. */
  readonly records: StreamRecord[];
}

export interface StreamRecord {
  readonly eventId: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly sequence: bigint;
  readonly createdAtMs: number;
  readonly keys: Attributes;
  readonly oldImage: Attributes | undefined;
  readonly newImage: Attributes | undefined;
  readonly bytes: number;
  /** Deleted by time to live, not by a caller. */
  readonly byService: boolean;
}

/** What can still be read of a shard: records older than 24 hours go. */
export function trim(shard: Shard, world: World): void {
  const horizonMs = world.clock.epochMs() - dynamodbQuotas.streamRetentionMs;
  let expired = 0;
  while (expired < shard.records.length && (shard.records[expired]?.createdAtMs ?? 0) <= horizonMs) expired += 1;
  if (expired > 0) shard.records.splice(0, expired);
}
