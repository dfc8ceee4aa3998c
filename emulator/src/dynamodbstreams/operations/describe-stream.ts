import { describeKeys } from '../../dynamodb/describe-table.ts';
import type { Shard } from '../../dynamodb/stream.ts';
import type { DynamoState } from '../../dynamodb/table.ts';
import type { Operation } from '../../service.ts';
import type { DescribeStreamInput, DescribeStreamOutput } from '../generated/shapes.ts';
import { knownStream } from '../streams.ts';
import { dynamodbQuotas } from '../../quotas.ts';

export default {
  handle({ StreamArn, Limit = dynamodbQuotas.shardsListedMax, ExclusiveStartShardId: start }, state) {
    const stream = knownStream(state, StreamArn);
    const rest = stream.shards.filter(({ id }) => start === undefined || id > start);
    const page = rest.slice(0, Limit);
    const last = page.at(-1);
    return {
      StreamDescription: {
        StreamArn: stream.arn,
        StreamLabel: stream.label,
        StreamStatus: stream.status,
        StreamViewType: stream.view,
        CreationRequestDateTime: new Date(stream.createdAtMs),
        TableName: stream.tableName,
        KeySchema: describeKeys(stream.keySchema),
        Shards: page.map(describeShard),
        ...(rest.length > page.length && last && { LastEvaluatedShardId: last.id }),
      },
    };
  },
} satisfies Operation<DescribeStreamInput, DescribeStreamOutput, DynamoState>;

function describeShard({ id, startingSequence, endingSequence }: Shard) {
  return {
    ShardId: id,
    SequenceNumberRange: {
      StartingSequenceNumber: startingSequence.toString(),
      ...(endingSequence !== undefined && { EndingSequenceNumber: endingSequence.toString() }),
    },
  };
}
