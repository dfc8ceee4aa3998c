import { expect } from 'vitest';
import { arn } from '../script.fixture.ts';
import type { Step } from '../script.fixture.ts';

const TableName = 'table';
const table = arn('dynamodb', 'table/table');
const key = (id: string) => ({ id: { S: id } });
const AttributeDefinitions = [{ AttributeName: 'id', AttributeType: 'S' }];
const KeySchema = [{ AttributeName: 'id', KeyType: 'HASH' }];
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'dynamodb:GetItem', Resource: table }],
});

/** Every operation of DynamoDB that is there. */
export const dynamodbScript: readonly Step[] = [
  ['CreateTable', { TableName, AttributeDefinitions, KeySchema, BillingMode: 'PAY_PER_REQUEST' }],
  ['ListTables', {}, { TableNames: ['table'] }],
  ['DescribeTable', { TableName }, { Table: { TableStatus: 'ACTIVE' } }],
  ['DescribeLimits', {}, { TableMaxReadCapacityUnits: 40_000 }],
  ['DescribeEndpoints', {}, { Endpoints: [{ CachePeriodInMinutes: 1440 }] }],
  ['PutItem', { TableName, Item: { ...key('a'), n: { N: '1' } } }],
  [
    'UpdateItem',
    {
      TableName,
      Key: key('a'),
      UpdateExpression: 'SET n = n + :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    },
  ],
  ['GetItem', { TableName, Key: key('a') }, { Item: { n: { N: '2' } } }],
  ['DeleteItem', { TableName, Key: key('a') }],
  ['GetItem', { TableName, Key: key('a') }, { Item: undefined }],
  [
    'BatchWriteItem',
    { RequestItems: { table: [{ PutRequest: { Item: key('b') } }, { PutRequest: { Item: key('c') } }] } },
  ],
  ['BatchGetItem', { RequestItems: { table: { Keys: [key('b')] } } }, { Responses: { table: [key('b')] } }],
  [
    'Query',
    { TableName, KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': { S: 'c' } } },
    { Count: 1 },
  ],
  ['Scan', { TableName }, { Count: 2 }],
  ['TransactWriteItems', { TransactItems: [{ Put: { TableName, Item: key('d') } }] }],
  ['TransactGetItems', { TransactItems: [{ Get: { TableName, Key: key('d') } }] }, { Responses: [{ Item: key('d') }] }],
  ['ExecuteStatement', { Statement: `INSERT INTO "table" VALUE {'id': 'e'}` }],
  [
    'BatchExecuteStatement',
    { Statements: [{ Statement: `SELECT * FROM "table" WHERE id = 'e'` }] },
    { Responses: [{ Item: key('e') }] },
  ],
  ['ExecuteTransaction', { TransactStatements: [{ Statement: `DELETE FROM "table" WHERE id = 'e'` }] }],
  ['GetItem', { TableName, Key: key('e') }, { Item: undefined }],
  [
    'TagResource',
    {
      ResourceArn: table,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    },
  ],
  ['UntagResource', { ResourceArn: table, TagKeys: ['b'] }],
  ['ListTagsOfResource', { ResourceArn: table }, { Tags: [{ Key: 'a', Value: '1' }] }],
  ['UpdateTimeToLive', { TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: 'ttl' } }],
  ['DescribeTimeToLive', { TableName }, { TimeToLiveDescription: { AttributeName: 'ttl' } }],
  [
    '!UpdateTable',
    { TableName, SSESpecification: { Enabled: true } },
    { TableDescription: { SSEDescription: { Status: 'UPDATING' } } },
  ],
  ['ListTables', {}],
  ['DescribeTable', { TableName }, { Table: { SSEDescription: { Status: 'ENABLED' } } }],
  ['UpdateTable', { TableName, DeletionProtectionEnabled: true }],
  ['DescribeTable', { TableName }, { Table: { DeletionProtectionEnabled: true } }],
  ['PutResourcePolicy', { ResourceArn: table, Policy: policy }],
  ['GetResourcePolicy', { ResourceArn: table }, { Policy: policy }],
  ['DeleteResourcePolicy', { ResourceArn: table }],
  ['UpdateContributorInsights', { TableName, ContributorInsightsAction: 'ENABLE' }],
  ['DescribeContributorInsights', { TableName }, { ContributorInsightsStatus: 'ENABLED' }],
  ['ListContributorInsights', {}, { ContributorInsightsSummaries: [{ TableName }] }],
  ['UpdateContinuousBackups', { TableName, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
  [
    'DescribeContinuousBackups',
    { TableName },
    { ContinuousBackupsDescription: { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' } } },
  ],
  ['RestoreTableToPointInTime', { SourceTableName: 'table', TargetTableName: 'then', UseLatestRestorableTime: true }],
  ['DescribeTable', { TableName: 'then' }, { Table: { TableStatus: 'ACTIVE' } }],
  ['CreateBackup', { TableName, BackupName: 'kept' }],
  ['ListBackups', {}, { BackupSummaries: [{ BackupName: 'kept' }] }],
  [
    'DescribeBackup',
    ({ CreateBackup }) => ({ BackupArn: backupArn(CreateBackup) }),
    { BackupDescription: { BackupDetails: { BackupName: 'kept' } } },
  ],
  ['RestoreTableFromBackup', ({ CreateBackup }) => ({ BackupArn: backupArn(CreateBackup), TargetTableName: 'again' })],
  ['Scan', { TableName: 'again' }, { Count: 3 }],
  ['DeleteBackup', ({ CreateBackup }) => ({ BackupArn: backupArn(CreateBackup) })],
  ['ListBackups', {}, { BackupSummaries: [] }],
  ['DeleteTable', { TableName: 'again' }],
  ['ListTables', {}, { TableNames: ['table', 'then'] }],
];

function backupArn(answer: Readonly<Record<string, unknown>> | undefined): unknown {
  const details: unknown = answer?.['BackupDetails'];
  expect(details).toMatchObject({ BackupArn: expect.any(String) });
  return typeof details === 'object' && details !== null && 'BackupArn' in details ? details.BackupArn : undefined;
}
