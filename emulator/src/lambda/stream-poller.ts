import { isRecord } from '../codecs/json.ts';
import type { World } from '../service.ts';
import { awaitSignal } from '../signals.ts';
import { callInside } from './call-inside.ts';
import type { Mapping } from './mapping.ts';
import type { LambdaState } from './state.ts';
import { handleRecords, isLive } from './stream-batch.ts';
import type { ShardReader } from './stream-batch.ts';
import { readRecords } from './stream-record.ts';
import type { StreamRecord } from './stream-record.ts';

/** Lambda looks at a shard so often. @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
const pollMs = 250;

/** Reads a stream, shard by shard, and hands its records to the function in order, until the mapping changes or goes. */
export async function pollStream(world: World, state: LambdaState, mapping: Mapping): Promise<void> {
  const { run, sourceArn } = mapping;
  const known = new Set<string>();
  for (const shardId of await listShards(world, sourceArn)) {
    if (known.has(shardId)) continue;
    known.add(shardId);
    world.spawn(() => readShard({ world, state, mapping, run, shardId }));
  }
}

async function listShards(world: World, streamArn: string): Promise<readonly string[]> {
  const output = await callInside(world, 'dynamodbstreams', 'DescribeStream', { StreamArn: streamArn });
  const description = isRecord(output) ? output['StreamDescription'] : undefined;
  const shards = isRecord(description) ? description['Shards'] : undefined;
  return Array.isArray(shards) ? shards.filter(isRecord).map(({ ShardId }) => String(ShardId)) : [];
}

async function readShard(reader: ShardReader): Promise<void> {
  const position: Position = { iterator: await iteratorOf(reader, undefined), lastRead: undefined };
  while (position.iterator !== undefined && isLive(reader)) {
    const batch = await collect(reader, position);
    if (batch.length > 0) await handleRecords(reader, batch);
  }
}

/** Where a shard is read next: none at its end, or where the stream has gone. */
interface Position {
  iterator: string | undefined;
  /** The sequence number of the last record. */
  lastRead: string | undefined;
}

/** Reads until there is a record, and with a window until the batch is full or the window is over. */
async function collect(reader: ShardReader, position: Position): Promise<readonly StreamRecord[]> {
  const { world, mapping } = reader;
  const { sourceArn, settings } = mapping;
  const batch: StreamRecord[] = [];
  let untilMs = Infinity;
  for (;;) {
    const arrived = arrival(world, sourceArn);
    const records = await readOn(reader, position, settings.batchSize - batch.length);
    if (batch.length === 0 && records.length > 0) untilMs = world.clock.epochMs() + settings.windowSeconds * 1000;
    batch.push(...records);
    const isDone = batch.length >= settings.batchSize || world.clock.epochMs() >= untilMs;
    const isOver = position.iterator === undefined;
    if (!isDone && !isOver && records.length === 0) await arrived.wait(untilMs);
    arrived.cancel();
    if (isOver || isDone || batch.length === 0) return batch;
  }
}

/** Reads at the position and moves it on. A batch may be tried for longer than an iterator lives. */
async function readOn(reader: ShardReader, position: Position, limit: number): Promise<readonly StreamRecord[]> {
  const { world, mapping } = reader;
  try {
    const output: unknown = await callInside(world, 'dynamodbstreams', 'GetRecords', {
      ShardIterator: position.iterator,
      Limit: Math.min(limit, 1000),
    });
    position.iterator = textOf(output, 'NextShardIterator');
    const records = readRecords(isRecord(output) ? output['Records'] : undefined, mapping.sourceArn);
    position.lastRead = records.at(-1)?.sequenceNumber ?? position.lastRead;
    return records;
  } catch (error) {
    const hasExpired = error instanceof Error && error.name === 'ExpiredIteratorException';
    position.iterator = hasExpired ? await iteratorOf(reader, position.lastRead) : undefined;
    return [];
  }
}

/** An iterator after that record, or where the mapping says; none where the stream has gone. */
async function iteratorOf(
  { world, mapping, shardId }: ShardReader,
  after: string | undefined,
): Promise<string | undefined> {
  const start = mapping.settings.stream?.startingPosition ?? 'LATEST';
  const places = [
    ...(after === undefined ? [] : [{ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after }]),
    // What the stream has forgotten meanwhile is lost to the mapping.
    { ShardIteratorType: after === undefined ? start : 'TRIM_HORIZON' },
  ];
  for (const place of places) {
    try {
      const input = { StreamArn: mapping.sourceArn, ShardId: shardId, ...place };
      return textOf(await callInside(world, 'dynamodbstreams', 'GetShardIterator', input), 'ShardIterator');
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'TrimmedDataAccessException') return undefined;
    }
  }
  return undefined;
}

/** Waits for the next record of the stream from the moment of asking, and then for Lambda's next look; not past `untilMs`. */
function arrival(world: World, streamArn: string) {
  let come = false;
  let wake: (() => void) | undefined;
  const cancel = awaitSignal(world, streamArn, () => {
    come = true;
    wake?.();
  });
  return {
    cancel,
    wait: (untilMs: number) =>
      world.park<void>((resume) => {
        const ending = untilMs === Infinity ? undefined : world.clock.at(untilMs, end, 'work', streamArn);
        wake = () => {
          wake = undefined;
          ending?.();
          world.clock.at(Math.min(untilMs, world.clock.epochMs() + pollMs), resume, 'work', streamArn);
        };
        if (come) wake();
        function end(): void {
          wake = undefined;
          resume();
        }
      }),
  };
}

function textOf(output: unknown, name: string): string | undefined {
  const value = isRecord(output) ? output[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
