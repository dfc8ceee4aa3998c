import { toWireAttributes } from '../../dynamodb/attribute-value.ts';
import { chance } from '../../dynamodb/chance.ts';
import type { Shard, Stream, StreamRecord } from '../../dynamodb/stream.ts';
import { trim } from '../../dynamodb/stream.ts';
import type { DynamoState } from '../../dynamodb/table.ts';
import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import type { GetRecordsInput, GetRecordsOutput } from '../generated/shapes.ts';
import { formatIterator, parseIterator } from '../shard-iterator.ts';
import { knownShard, knownStream } from '../streams.ts';
import { dynamodbQuotas } from '../../quotas.ts';

export default {
  handle({ ShardIterator, Limit = dynamodbQuotas.streamRecordsMax }, state, { world }) {
    const place = parseIterator(ShardIterator, world);
    const stream = knownStream(state, place.streamArn);
    const shard = knownShard(stream, place.shardId);
    trim(shard, world);
    if (chance(world, 'ADV-DDB-08', () => shard.id, 2) === 1) {
      throw new AwsError('LimitExceededException', 'Too many operations for a given subscriber');
    }
    const records = take(shard, place.sequence, Limit);
    const last = records.at(-1);
    const sequence = last === undefined ? place.sequence : last.sequence + 1n;
    const closed = shard.endingSequence !== undefined && sequence > shard.endingSequence;
    return {
      Records: records.map((record) => toWireRecord(stream, record)),
      ...(!closed && { NextShardIterator: formatIterator({ ...place, sequence, issuedAtMs: world.clock.epochMs() }) }),
    };
  },
} satisfies Operation<GetRecordsInput, GetRecordsOutput, DynamoState>;

/** From this sequence number on, oldest first. */
function take({ records }: Shard, from: bigint, limit: number): readonly StreamRecord[] {
  const start = lowerBound(records, from);
  const taken: StreamRecord[] = [];
  let bytes = 0;
  for (const record of records.slice(start, start + limit)) {
    bytes += record.bytes;
    if (taken.length > 0 && bytes > dynamodbQuotas.streamBytesMax) break;
    taken.push(record);
  }
  return taken;
}

function lowerBound(records: readonly StreamRecord[], from: bigint): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((records[middle]?.sequence ?? 0n) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** As GetRecords gives it, and as an event-source mapping hands it on. */
export function toWireRecord(stream: Stream, record: StreamRecord): NonNullable<GetRecordsOutput['Records']>[number] {
  const { newImage, oldImage } = record;
  return {
    eventID: record.eventId,
    eventName: record.eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: stream.region,
    dynamodb: {
      ApproximateCreationDateTime: new Date(Math.floor(record.createdAtMs / 1000) * 1000),
      Keys: toWireAttributes(record.keys),
      ...(newImage && { NewImage: toWireAttributes(newImage) }),
      ...(oldImage && { OldImage: toWireAttributes(oldImage) }),
      SequenceNumber: record.sequence.toString(),
      SizeBytes: record.bytes,
      StreamViewType: stream.view,
    },
    ...(record.byService && { userIdentity: { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } }),
  };
}
