import type { World } from '../service.ts';
import type { Shard, Stream, StreamView } from './stream.ts';
import { FIRST_SEQUENCE } from './stream.ts';
import type { DynamoState, Table } from './table.ts';
import { dynamodbQuotas } from '../quotas.ts';

/** AWS publishes no time; as long as a table takes that is created at once. */
const ENABLE_MS = 1;
/** How many shards a stream may have: one, unless the world permits that a table has several partitions (ADV-DDB-05). */
const SHARD_COUNTS = [1, 2, 4] as const;

/** Every stream of a table is a new one, with a label of its own. */
export function enableStream(state: DynamoState, table: Table, view: StreamView, world: World): void {
  let createdAtMs = Math.floor(world.clock.epochMs());
  while (state.streams.has(streamArn(table, createdAtMs))) createdAtMs += 1;
  const arn = streamArn(table, createdAtMs);
  const count = SHARD_COUNTS[world.choose('ADV-DDB-05', arn, SHARD_COUNTS.length)] ?? 1;
  const shard = (number: number): Shard => ({
    id: `shardId-${String(createdAtMs).padStart(20, '0')}-${hex(world)}${String(number).padStart(2, '0')}`,
    startingSequence: FIRST_SEQUENCE,
    endingSequence: undefined,
    records: [],
  });
  const stream: Stream = {
    arn,
    label: label(createdAtMs),
    tableName: table.name,
    region: world.region,
    view,
    keySchema: table.keySchema,
    createdAtMs,
    status: 'ENABLING',
    shards: [shard(0), ...Array.from({ length: count - 1 }, (_, index) => shard(index + 1))],
    nextSequence: FIRST_SEQUENCE,
  };
  state.streams.set(arn, stream);
  table.stream = stream;
  world.clock.at(world.clock.epochMs() + ENABLE_MS, () => {
    if (stream.status === 'ENABLING') stream.status = 'ENABLED';
  });
}

/** A disabled stream can be read for another 24 hours. */
export function disableStream(state: DynamoState, { stream }: Table, world: World): void {
  if (stream === undefined || stream.status === 'DISABLED') return;
  stream.status = 'DISABLED';
  for (const shard of stream.shards) shard.endingSequence = stream.nextSequence - 1n;
  const gone = world.clock.epochMs() + dynamodbQuotas.streamRetentionMs;
  world.clock.at(gone, () => state.streams.delete(stream.arn), 'idle');
}

function streamArn(table: Table, createdAtMs: number): string {
  return `${table.arn}/stream/${label(createdAtMs)}`;
}

function label(createdAtMs: number): string {
  return new Date(createdAtMs).toISOString().slice(0, -1);
}

function hex(world: World): string {
  return Math.floor(world.random() * 2 ** 24)
    .toString(16)
    .padStart(6, '0');
}
