import { AwsError } from '../../errors.ts';
import { trim } from '../../dynamodb/stream.ts';
import type { Shard, Stream } from '../../dynamodb/stream.ts';
import type { DynamoState } from '../../dynamodb/table.ts';
import { invalid } from '../../dynamodb/invalid.ts';
import type { Operation } from '../../service.ts';
import type { GetShardIteratorInput, GetShardIteratorOutput } from '../generated/shapes.ts';
import { formatIterator } from '../shard-iterator.ts';
import { knownShard, knownStream } from '../streams.ts';

export default {
  handle(input, state, { world }) {
    const stream = knownStream(state, input.StreamArn);
    const shard = knownShard(stream, input.ShardId);
    trim(shard, world);
    const sequence = startOf(stream, shard, input);
    return {
      ShardIterator: formatIterator({
        streamArn: stream.arn,
        shardId: shard.id,
        sequence,
        issuedAtMs: world.clock.epochMs(),
      }),
    };
  },
} satisfies Operation<GetShardIteratorInput, GetShardIteratorOutput, DynamoState>;

function startOf(stream: Stream, shard: Shard, { ShardIteratorType, SequenceNumber }: GetShardIteratorInput): bigint {
  if (ShardIteratorType === 'TRIM_HORIZON') return shard.records[0]?.sequence ?? shard.startingSequence;
  if (ShardIteratorType === 'LATEST') return stream.nextSequence;
  if (SequenceNumber === undefined || !/^\d+$/.test(SequenceNumber)) {
    throw invalid(
      'Missing required parameter: SequenceNumber is required for AT_SEQUENCE_NUMBER and AFTER_SEQUENCE_NUMBER',
    );
  }
  const sequence = BigInt(SequenceNumber);
  const oldest = shard.records[0]?.sequence ?? stream.nextSequence;
  if (sequence < oldest && sequence !== shard.startingSequence && sequence < stream.nextSequence) {
    throw new AwsError(
      'TrimmedDataAccessException',
      `The operation attempted to read past the oldest stream record in a shard: ${SequenceNumber}`,
    );
  }
  return ShardIteratorType === 'AFTER_SEQUENCE_NUMBER' ? sequence + 1n : sequence;
}
