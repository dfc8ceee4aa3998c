import { AwsError } from '../errors.ts';
import type { DynamoState } from '../dynamodb/table.ts';
import type { Shard, Stream } from '../dynamodb/stream.ts';

/** Throws ResourceNotFoundException. */
export function knownStream(state: DynamoState, arn: string): Stream {
  const stream = state.streams.get(arn);
  if (stream === undefined) {
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
  }
  return stream;
}

/** Throws ResourceNotFoundException. */
export function knownShard(stream: Stream, id: string): Shard {
  const shard = stream.shards.find((candidate) => candidate.id === id);
  if (shard === undefined) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Requested resource not found: Shard does not exist: ${id} in stream ${stream.arn}`,
    );
  }
  return shard;
}
