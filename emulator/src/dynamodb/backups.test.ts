import {
  CreateBackupCommand,
  CreateTableCommand,
  DeleteBackupCommand,
  DescribeBackupCommand,
  DescribeContinuousBackupsCommand,
  DynamoDBClient,
  ListBackupsCommand,
  PutItemCommand,
  QueryCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  ScanCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { client, createVirtualClock, createWorld } from '../index.ts';

const start = Date.UTC(2026, 0, 1);

test('a backup - holds the table as it was, and gives it back with its indexes', async () => {
  const clock = createVirtualClock({ startMs: start });
  const db = client(createWorld({ clock }), DynamoDBClient);
  await db.send(
    new CreateTableCommand({
      TableName: 'tab',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'kind', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-kind',
          KeySchema: [{ AttributeName: 'kind', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  clock.advanceTo(start + 1000);
  const put = (id: string) =>
    db.send(new PutItemCommand({ TableName: 'tab', Item: { id: { S: id }, kind: { S: 'k' } } }));
  await put('a');
  const { BackupDetails } = await db.send(new CreateBackupCommand({ TableName: 'tab', BackupName: 'first' }));
  const BackupArn = BackupDetails?.BackupArn;
  await put('b');
  const described = await db.send(new DescribeBackupCommand({ BackupArn }));
  expect(described.BackupDescription?.SourceTableDetails).toMatchObject({ TableName: 'tab', ItemCount: 1 });
  await db.send(new RestoreTableFromBackupCommand({ BackupArn, TargetTableName: 'copy' }));
  clock.advanceTo(start + 2000);
  const { Items } = await db.send(
    new QueryCommand({
      TableName: 'copy',
      IndexName: 'by-kind',
      KeyConditionExpression: 'kind = :k',
      ExpressionAttributeValues: { ':k': { S: 'k' } },
    }),
  );
  expect(Items).toEqual([{ id: { S: 'a' }, kind: { S: 'k' } }]);
  expect((await db.send(new ScanCommand({ TableName: 'tab' }))).Count).toBe(2);
  expect((await db.send(new ListBackupsCommand({ TableName: 'tab' }))).BackupSummaries).toHaveLength(1);
  await db.send(new DeleteBackupCommand({ BackupArn }));
  await expect(db.send(new DescribeBackupCommand({ BackupArn }))).rejects.toMatchObject({
    name: 'BackupNotFoundException',
  });
});

test('continuous backups - are on, and recovery to a point in time can be switched', async () => {
  const clock = createVirtualClock({ startMs: start });
  const db = client(createWorld({ clock }), DynamoDBClient);
  await expect(db.send(new DescribeContinuousBackupsCommand({ TableName: 'none' }))).rejects.toMatchObject({
    name: 'TableNotFoundException',
    message: 'Table not found: none',
  });
  await db.send(
    new CreateTableCommand({
      TableName: 'tab',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const before = await db.send(new DescribeContinuousBackupsCommand({ TableName: 'tab' }));
  expect(before.ContinuousBackupsDescription).toEqual({
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
  });
  await db.send(
    new UpdateContinuousBackupsCommand({
      TableName: 'tab',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );
  clock.advanceTo(start + 60 * 60_000);
  const after = await db.send(new DescribeContinuousBackupsCommand({ TableName: 'tab' }));
  expect(after.ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toEqual({
    PointInTimeRecoveryStatus: 'ENABLED',
    RecoveryPeriodInDays: 35,
    EarliestRestorableDateTime: new Date(start),
    LatestRestorableDateTime: new Date(start + 55 * 60_000),
  });
});

test('RestoreTableToPointInTime - gives the table as it was then', async () => {
  const clock = createVirtualClock({ startMs: start });
  const db = client(createWorld({ clock }), DynamoDBClient);
  await db.send(
    new CreateTableCommand({
      TableName: 'tab',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  clock.advanceTo(start + 1000);
  const put = (id: string, v: string) =>
    db.send(new PutItemCommand({ TableName: 'tab', Item: { id: { S: id }, v: { S: v } } }));
  const restore = (TargetTableName: string, atMs: number) =>
    db.send(
      new RestoreTableToPointInTimeCommand({
        SourceTableName: 'tab',
        TargetTableName,
        RestoreDateTime: new Date(atMs),
      }),
    );
  await put('a', 'before');
  await expect(restore('early', start)).rejects.toMatchObject({ name: 'PointInTimeRecoveryUnavailableException' });
  await db.send(
    new UpdateContinuousBackupsCommand({
      TableName: 'tab',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );
  clock.advanceTo(start + 60_000);
  await put('a', 'after');
  await put('b', 'new');
  clock.advanceTo(start + 60 * 60_000);
  await restore('then', start + 30_000);
  await restore('now', start + 50 * 60_000);
  await expect(restore('late', start + 59 * 60_000)).rejects.toMatchObject({ name: 'InvalidRestoreTimeException' });
  clock.advanceTo(start + 61 * 60_000);
  expect((await db.send(new ScanCommand({ TableName: 'then' }))).Items).toEqual([
    { id: { S: 'a' }, v: { S: 'before' } },
  ]);
  expect((await db.send(new ScanCommand({ TableName: 'now' }))).Count).toBe(2);
});
