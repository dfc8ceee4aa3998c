import { createHash } from 'node:crypto';
import type { World } from '../service.ts';
import { raiseSignal } from '../signals.ts';
import type { Attributes } from './attribute-value.ts';
import { attributesSize } from './item-size.ts';
import { pickKey } from './key-schema.ts';
import { partitionHash } from './sort-key.ts';
import type { Shard, Stream, StreamRecord } from './stream.ts';
import { trim } from './stream.ts';

interface Change {
  readonly before: Attributes | undefined;
  readonly after: Attributes | undefined;
  readonly byService: boolean;
  /** Decides the shard: changes of one partition key stay in order. */
  readonly partition: string;
}

/** Writes a change to the stream, as its view shows it. */
export function emit(stream: Stream, { before, after, byService, partition }: Change, world: World): void {
  const present = after ?? before;
  if (present === undefined) return;
  const sequence = stream.nextSequence;
  stream.nextSequence += 1n;
  const keys = pickKey(stream.keySchema, present);
  const shown = stream.view === 'NEW_AND_OLD_IMAGES';
  const newImage = shown || stream.view === 'NEW_IMAGE' ? after : undefined;
  const oldImage = shown || stream.view === 'OLD_IMAGE' ? before : undefined;
  const record: StreamRecord = {
    eventId: createHash('md5').update(`${stream.arn}/${sequence}`).digest('hex'),
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    sequence,
    createdAtMs: world.clock.epochMs(),
    keys,
    oldImage,
    newImage,
    bytes: attributesSize(keys) + (newImage ? attributesSize(newImage) : 0) + (oldImage ? attributesSize(oldImage) : 0),
    byService,
  };
  const shard = shardOf(stream, partition);
  trim(shard, world);
  shard.records.push(record);
  raiseSignal(world, stream.arn);
}

function shardOf({ shards }: Stream, partition: string): Shard {
  return shards[partitionHash(partition.slice(0, 3)) % shards.length] ?? shards[0];
}
