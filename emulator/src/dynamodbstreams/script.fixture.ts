import { expect } from 'vitest';
import type { Answers, Step } from '../script.fixture.ts';

const TableName = 'table';

function streamArn({ 'dynamodb.CreateTable': made }: Answers): unknown {
  const table: unknown = made?.['TableDescription'];
  return typeof table === 'object' && table !== null && 'LatestStreamArn' in table ? table.LatestStreamArn : undefined;
}

function shardId({ DescribeStream: answer }: Answers): unknown {
  const stream: unknown = answer?.['StreamDescription'];
  expect(stream).toMatchObject({ Shards: [{ ShardId: expect.any(String) }] });
  const shards = typeof stream === 'object' && stream !== null && 'Shards' in stream ? stream.Shards : [];
  return Array.isArray(shards) ? shards[0].ShardId : undefined;
}

/** Every operation of DynamoDB Streams. */
export const dynamodbstreamsScript: readonly Step[] = [
  [
    'dynamodb.CreateTable',
    {
      TableName,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    },
  ],
  ['dynamodb.PutItem', { TableName, Item: { id: { S: 'a' } } }],
  ['ListStreams', { TableName }, { Streams: [{ TableName }] }],
  [
    'DescribeStream',
    (answers) => ({ StreamArn: streamArn(answers) }),
    { StreamDescription: { StreamStatus: 'ENABLED' } },
  ],
  [
    'GetShardIterator',
    (answers) => ({ StreamArn: streamArn(answers), ShardId: shardId(answers), ShardIteratorType: 'TRIM_HORIZON' }),
  ],
  [
    'GetRecords',
    ({ GetShardIterator }) => ({ ShardIterator: GetShardIterator?.['ShardIterator'] }),
    { Records: [{ eventName: 'INSERT', dynamodb: { NewImage: { id: { S: 'a' } } } }] },
  ],
];
