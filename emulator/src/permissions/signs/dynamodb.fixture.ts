import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { expect } from 'vitest';
import { client } from '../../index.ts';
import type { Stand } from '../../stand.fixture.ts';
import type { dynamodbPermissions } from '../dynamodb.ts';
import { isRefused } from './sign.fixture.ts';
import type { Sign } from './sign.fixture.ts';

interface TableStand extends Stand {
  readonly db: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
}

const created = Date.UTC(2026, 0, 1);
const start = created + 20_000;

async function withTable(stand: Stand): Promise<TableStand> {
  const { clock, world } = stand;
  const db = client(world, DynamoDBClient, { maxAttempts: 1 });
  const streams = client(world, DynamoDBStreamsClient, { maxAttempts: 1 });
  await db.send(
    new CreateTableCommand({
      TableName: 'tab',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'N' },
        { AttributeName: 'owner', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-owner',
          KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  clock.advanceTo(start);
  return { ...stand, db, streams };
}

function put({ db }: TableStand, sk: number, more: Record<string, AttributeValue> = {}) {
  return db.send(new PutItemCommand({ TableName: 'tab', Item: { pk: { S: 'a' }, sk: { N: String(sk) }, ...more } }));
}

const all = { TableName: 'tab', KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: 'a' } } };

const sights: Readonly<Record<keyof typeof dynamodbPermissions, (stand: TableStand) => Promise<boolean>>> = {
  'ADV-DDB-01': async (s) => {
    await put(s, 1, { v: { N: '1' } });
    await put(s, 1, { v: { N: '2' } });
    const key = { TableName: 'tab', Key: { pk: { S: 'a' }, sk: { N: '1' } } };
    const fresh = await s.db.send(new GetItemCommand({ ...key, ConsistentRead: true }));
    expect(fresh.Item?.['v']).toEqual({ N: '2' });
    const read = await s.db.send(new GetItemCommand(key));
    s.clock.advanceTo(start + 10_000);
    expect((await s.db.send(new GetItemCommand(key))).Item?.['v']).toEqual({ N: '2' });
    return read.Item?.['v']?.N !== '2';
  },
  'ADV-DDB-02': async (s) => {
    await put(s, 1, { owner: { S: 'me' } });
    const query = {
      TableName: 'tab',
      IndexName: 'by-owner',
      KeyConditionExpression: '#o = :o',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':o': { S: 'me' } },
    };
    const { Count } = await s.db.send(new QueryCommand(query));
    s.clock.advanceTo(start + 10_000);
    expect((await s.db.send(new QueryCommand(query))).Count).toBe(1);
    return Count === 0;
  },
  'ADV-DDB-03': async (s) => {
    await s.db.send(
      new UpdateTimeToLiveCommand({
        TableName: 'tab',
        TimeToLiveSpecification: { Enabled: true, AttributeName: 'until' },
      }),
    );
    await put(s, 1, { until: { N: String(start / 1000 + 60) } });
    s.clock.advanceTo(start + 61_000);
    const { Count } = await s.db.send(new QueryCommand({ ...all, ConsistentRead: true }));
    s.clock.advanceTo(start + 4 * 86_400_000);
    expect((await s.db.send(new QueryCommand({ ...all, ConsistentRead: true }))).Count).toBe(0);
    return Count === 1;
  },
  'ADV-DDB-05': async (s) => {
    for (const v of [1, 2, 3]) await put(s, 1, { v: { N: String(v) } });
    const { shardIds, stream } = await streamOf(s);
    const read: (string | undefined)[][] = [];
    for (const ShardId of shardIds) {
      const { ShardIterator } = await s.streams.send(
        new GetShardIteratorCommand({ ...stream, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
      );
      const { Records } = await s.streams.send(new GetRecordsCommand({ ShardIterator }));
      read.push((Records ?? []).map(({ dynamodb }) => dynamodb?.NewImage?.['v']?.N));
    }
    expect(read.filter((records) => records.length > 0)).toEqual([['1', '2', '3']]);
    return shardIds.length > 1;
  },
  'ADV-DDB-08': async (s) => {
    const { shardIds, stream } = await streamOf(s);
    const ShardId = shardIds[0];
    const { ShardIterator } = await s.streams.send(
      new GetShardIteratorCommand({ ...stream, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    return isRefused(s.streams.send(new GetRecordsCommand({ ShardIterator })), 'LimitExceededException');
  },
  'ADV-DDB-09': (s) => isRefused(put(s, 1), 'ProvisionedThroughputExceededException'),
  'ADV-DDB-09-conflict': async (s) => {
    await put(s, 1);
    const TransactItems = [{ Put: { TableName: 'tab', Item: { pk: { S: 'a' }, sk: { N: '1' } } } }];
    return isRefused(s.db.send(new TransactWriteItemsCommand({ TransactItems })), 'TransactionCanceledException');
  },
  'ADV-DDB-10': async (s) => {
    const write = await s.db.send(
      new BatchWriteItemCommand({
        RequestItems: { tab: [{ PutRequest: { Item: { pk: { S: 'a' }, sk: { N: '1' } } } }] },
      }),
    );
    const read = await s.db.send(
      new BatchGetItemCommand({ RequestItems: { tab: { Keys: [{ pk: { S: 'a' }, sk: { N: '1' } }] } } }),
    );
    return Object.keys({ ...write.UnprocessedItems, ...read.UnprocessedKeys }).length > 0;
  },
  'ADV-DDB-12': async (s) => {
    for (const sk of [1, 2, 3, 4, 5]) await put(s, sk);
    const seen: (string | undefined)[] = [];
    let pages = 0;
    let from: Record<string, AttributeValue> | undefined;
    do {
      const page = await s.db.send(new QueryCommand({ ...all, ExclusiveStartKey: from, ConsistentRead: true }));
      seen.push(...(page.Items ?? []).map((item) => item['sk']?.N));
      from = page.LastEvaluatedKey;
      pages += 1;
    } while (from !== undefined);
    expect(seen).toEqual(['1', '2', '3', '4', '5']);
    return pages > 1;
  },
  'ADV-DDB-14': async (s) => {
    const TableName = 'other';
    await s.db.send(
      new CreateTableCommand({
        TableName,
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    s.clock.advanceTo(s.clock.epochMs() + 500);
    const { Table } = await s.db.send(new DescribeTableCommand({ TableName }));
    s.clock.advanceTo(s.clock.epochMs() + 60_000);
    const later = await s.db.send(new DescribeTableCommand({ TableName }));
    expect(later.Table?.TableStatus).toBe('ACTIVE');
    return Table?.TableStatus === 'CREATING';
  },
  'ADV-DDB-13': async (s) => {
    await s.db.send(
      new UpdateTableCommand({ TableName: 'tab', ReplicaUpdates: [{ Create: { RegionName: 'eu-west-1' } }] }),
    );
    s.clock.advanceTo(start + 2000);
    await put(s, 1);
    s.clock.advanceTo(start + 2500);
    const other = s.world.sibling({ region: 'eu-west-1' });
    if (other === undefined) throw new Error('no world of the other Region');
    const db = client(other, DynamoDBClient);
    const { Count } = await db.send(new QueryCommand({ ...all, ConsistentRead: true }));
    s.clock.advanceTo(start + 10_000);
    expect((await db.send(new QueryCommand({ ...all, ConsistentRead: true }))).Count).toBe(1);
    return Count === 0;
  },
};

async function streamOf({ db, streams }: TableStand): Promise<{
  readonly stream: { readonly StreamArn: string | undefined };
  readonly shardIds: readonly (string | undefined)[];
}> {
  const { Table } = await db.send(new DescribeTableCommand({ TableName: 'tab' }));
  const stream = { StreamArn: Table?.LatestStreamArn };
  const { StreamDescription } = await streams.send(new DescribeStreamCommand(stream));
  return { stream, shardIds: (StreamDescription?.Shards ?? []).map(({ ShardId }) => ShardId) };
}

export const dynamodbSigns: Readonly<Record<string, Sign>> = Object.fromEntries(
  Object.entries(sights).map(([id, look]) => [id, async (stand: Stand) => look(await withTable(stand))]),
);
