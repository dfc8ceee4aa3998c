import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { GetRecordsCommandOutput, ShardIteratorType, StreamViewType } from '@aws-sdk/client-dynamodb-streams';
import { expect, test } from 'vitest';
import { client, createVirtualClock, createWorld } from '../index.ts';

const start = Date.UTC(2026, 0, 1);

async function stand(view: StreamViewType = 'NEW_AND_OLD_IMAGES') {
  const clock = createVirtualClock({ startMs: start });
  const world = createWorld({ clock });
  const db = client(world, DynamoDBClient);
  const streams = client(world, DynamoDBStreamsClient);
  await db.send(
    new CreateTableCommand({
      TableName: 'tab',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: view },
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  clock.advanceTo(start + 1000);
  const { Table } = await db.send(new DescribeTableCommand({ TableName: 'tab' }));
  const StreamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
  const put = (v: number) =>
    db.send(new PutItemCommand({ TableName: 'tab', Item: { id: { S: 'a' }, v: { N: String(v) } } }));
  const iterator = async (ShardIteratorType: ShardIteratorType, SequenceNumber?: string) =>
    (await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType, SequenceNumber })))
      .ShardIterator;
  const read = (ShardIterator: string | undefined, Limit?: number) =>
    streams.send(new GetRecordsCommand({ ShardIterator, Limit }));
  return { clock, db, streams, StreamArn, put, iterator, read };
}

const values = ({ Records = [] }: GetRecordsCommandOutput) =>
  Records.map(({ dynamodb }) => dynamodb?.NewImage?.['v']?.N);

test('GetShardIterator - begins at the horizon, at the end, at a record or behind it', async () => {
  const s = await stand();
  await s.put(1);
  await s.put(2);
  const latest = await s.iterator('LATEST');
  await s.put(3);
  const all = await s.read(await s.iterator('TRIM_HORIZON'));
  expect(values(all)).toEqual(['1', '2', '3']);
  expect(values(await s.read(latest))).toEqual(['3']);
  const second = all.Records?.[1]?.dynamodb?.SequenceNumber;
  expect(values(await s.read(await s.iterator('AT_SEQUENCE_NUMBER', second)))).toEqual(['2', '3']);
  expect(values(await s.read(await s.iterator('AFTER_SEQUENCE_NUMBER', second)))).toEqual(['3']);
  const page = await s.read(await s.iterator('TRIM_HORIZON'), 2);
  expect(values(page)).toEqual(['1', '2']);
  expect(values(await s.read(page.NextShardIterator))).toEqual(['3']);
});

test.each([
  ['KEYS_ONLY', false, false],
  ['NEW_IMAGE', true, false],
  ['OLD_IMAGE', false, true],
  ['NEW_AND_OLD_IMAGES', true, true],
] as const)('a stream - shows what its view %s says', async (view, shown, old) => {
  const s = await stand(view);
  await s.put(1);
  await s.put(2);
  const { Records = [] } = await s.read(await s.iterator('TRIM_HORIZON'));
  expect(Records.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY']);
  expect(Records[1]?.dynamodb?.Keys).toEqual({ id: { S: 'a' } });
  expect(Records[1]?.dynamodb?.NewImage !== undefined).toBe(shown);
  expect(Records[1]?.dynamodb?.OldImage !== undefined).toBe(old);
});

test('an iterator - lasts 15 minutes, a record 24 hours', async () => {
  const s = await stand();
  await s.put(1);
  const early = await s.iterator('TRIM_HORIZON');
  const first = (await s.read(early)).Records?.[0]?.dynamodb?.SequenceNumber;
  s.clock.advanceTo(start + 17 * 60_000);
  await expect(s.read(early)).rejects.toMatchObject({ name: 'ExpiredIteratorException' });
  s.clock.advanceTo(start + 25 * 60 * 60_000);
  await s.put(2);
  expect(values(await s.read(await s.iterator('TRIM_HORIZON')))).toEqual(['2']);
  expect(first).toBeDefined();
});

test('a disabled stream - is read to its end and then has no next iterator; the next one is another', async () => {
  const s = await stand();
  await s.put(1);
  await s.db.send(new UpdateTableCommand({ TableName: 'tab', StreamSpecification: { StreamEnabled: false } }));
  s.clock.advanceTo(start + 2000);
  await s.put(2);
  const rest = await s.read(await s.iterator('TRIM_HORIZON'));
  expect(values(rest)).toEqual(['1']);
  expect(rest.NextShardIterator).toBeUndefined();
  await s.db.send(
    new UpdateTableCommand({
      TableName: 'tab',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  );
  const { Streams = [] } = await s.streams.send(new ListStreamsCommand({ TableName: 'tab' }));
  expect(Streams.map(({ StreamArn }) => StreamArn === s.StreamArn)).toEqual([true, false]);
});

test('GetRecords - refuses what is no iterator and streams that are not there', async () => {
  const s = await stand();
  await expect(s.read('nonsense')).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(s.streams.send(new DescribeStreamCommand({ StreamArn: `${s.StreamArn ?? ''}x` }))).rejects.toMatchObject(
    { name: 'ResourceNotFoundException' },
  );
});

test('UpdateTimeToLive - takes one change an hour', async () => {
  const s = await stand();
  const change = (Enabled: boolean) =>
    s.db.send(
      new UpdateTimeToLiveCommand({
        TableName: 'tab',
        TimeToLiveSpecification: { Enabled, AttributeName: 'until' },
      }),
    );
  await change(true);
  await expect(change(true)).rejects.toMatchObject({ message: 'TimeToLive is already enabled' });
  await expect(change(false)).rejects.toMatchObject({
    message: 'Time to live has been modified multiple times within a fixed interval',
  });
  s.clock.advanceTo(start + 62 * 60_000);
  await expect(change(false)).resolves.toMatchObject({ TimeToLiveSpecification: { Enabled: false } });
});
