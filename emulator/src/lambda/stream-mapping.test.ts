import { CreateTableCommand, DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  InvokeCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { client } from '../index.ts';
import { stand } from '../stand.fixture.ts';
import type { Stand } from '../stand.fixture.ts';
import { zipOf } from './zip.fixture.ts';

/** Collects what comes; fails on records named `bad`, the first time or always. */
const collector = `
  const runs = [];
  exports.handler = async (event) => {
    if (!event.Records) return runs;
    const keys = event.Records.map((r) => r.dynamodb.Keys.id.S);
    runs.push([event.Records.map((r) => r.eventName + ' ' + r.dynamodb.Keys.id.S), Date.now() / 1000]);
    if (keys.includes('bad')) {
      if (process.env.PARTIAL) return { batchItemFailures: [{ itemIdentifier: event.Records[keys.indexOf('bad')].dynamodb.SequenceNumber }] };
      throw new Error('bad');
    }
  };`;

async function withMapping(made: Stand, mapping: object, variables: Record<string, string> = {}) {
  const { world } = made;
  const dynamo = client(world, DynamoDBClient);
  const lambda = client(world, LambdaClient);
  const { TableDescription } = await made.drive(
    dynamo.send(
      new CreateTableCommand({
        TableName: 'table',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    ),
  );
  await made.idle();
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'f',
      Role: 'arn:aws:iam::000000000000:role/r',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf('index.js', collector) },
      Environment: { Variables: variables },
    }),
  );
  const { UUID, State } = await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: 'f',
      EventSourceArn: TableDescription?.LatestStreamArn,
      StartingPosition: 'TRIM_HORIZON',
      ...mapping,
    }),
  );
  expect(State).toBe('Creating');
  const startSeconds = made.clock.epochMs() / 1000;
  const put = (id: string) => dynamo.send(new PutItemCommand({ TableName: 'table', Item: { id: { S: id } } }));
  const remove = (id: string) => dynamo.send(new DeleteItemCommand({ TableName: 'table', Key: { id: { S: id } } }));
  async function runs(): Promise<readonly (readonly [readonly string[], number])[]> {
    const { Payload } = await made.drive(lambda.send(new InvokeCommand({ FunctionName: 'f' })));
    const found: [string[], number][] = JSON.parse(Buffer.from(Payload ?? []).toString('utf8'));
    return found.map(([names, seconds]) => [names, seconds - startSeconds]);
  }
  return { lambda, put, remove, runs, UUID };
}

test('records of a stream reach the function in order, and no more once the mapping is gone', async () => {
  const made = stand();
  const { lambda, put, remove, runs, UUID } = await withMapping(made, {});
  await put('a');
  await made.idle();
  await remove('a');
  await made.idle();
  expect((await runs()).map(([names]) => names)).toEqual([['INSERT a'], ['REMOVE a']]);
  expect(await lambda.send(new GetEventSourceMappingCommand({ UUID }))).toMatchObject({
    State: 'Enabled',
    BatchSize: 100,
  });
  await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
  await put('b');
  await made.idle();
  expect(await runs()).toHaveLength(2);
  expect(made.world.inFlight()).toBe(0);
});

test('a batch that fails is tried again as often as the mapping says, then given up', async () => {
  const made = stand();
  const { put, runs } = await withMapping(made, { MaximumRetryAttempts: 2 });
  await put('bad');
  await made.idle();
  await put('good');
  await made.idle();
  const found = await runs();
  expect(found.map(([names]) => names)).toEqual([['INSERT bad'], ['INSERT bad'], ['INSERT bad'], ['INSERT good']]);
});

test('with partial answers only what is left is tried again', async () => {
  const made = stand();
  const { put, runs } = await withMapping(
    made,
    { MaximumRetryAttempts: 1, FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumBatchingWindowInSeconds: 0 },
    { PARTIAL: 'yes' },
  );
  await Promise.all([put('bad'), put('b')]);
  await made.idle();
  const names = (await runs()).flatMap(([records]) => records);
  expect(names.filter((name) => name === 'INSERT bad').length).toBe(2);
  expect(names).toContain('INSERT b');
});

test('past a record that a partial answer puts behind it, a batch has all its retries again', async () => {
  const made = stand();
  const { put, runs } = await withMapping(
    made,
    { MaximumRetryAttempts: 3, FunctionResponseTypes: ['ReportBatchItemFailures'], MaximumBatchingWindowInSeconds: 1 },
    { PARTIAL: 'yes' },
  );
  for (const id of ['a', 'b', 'bad']) await put(id);
  await made.idle();
  const names = (await runs()).map(([records]) => records.join());
  expect(names).toEqual(['INSERT a,INSERT b,INSERT bad', ...Array.from({ length: 4 }, () => 'INSERT bad')]);
});

test('splitting a batch takes nothing from the retry quota', async () => {
  const made = stand();
  const { put, runs } = await withMapping(made, {
    MaximumRetryAttempts: 1,
    BisectBatchOnFunctionError: true,
    MaximumBatchingWindowInSeconds: 1,
  });
  for (const id of ['a', 'b', 'bad', 'd']) await put(id);
  await made.idle();
  const names = (await runs()).map(([records]) => records.map((name) => name.slice('INSERT '.length)).join());
  expect(names).toEqual(['a,b,bad,d', 'a,b', 'bad,d', 'bad', 'bad', 'd']);
});

test('what is given up is told to the destination, and the mapping says how its last run ended', async () => {
  const made = stand();
  const sqs = client(made.world, SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'given-up' }));
  const Destination = 'arn:aws:sqs:us-east-1:000000000000:given-up';
  const { lambda, put, UUID } = await withMapping(made, {
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnFailure: { Destination } },
  });
  const lastResult = async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).LastProcessingResult;
  expect(await lastResult()).toBe('No records processed');
  await put('bad');
  await made.idle();
  expect(await lastResult()).toBe('PROBLEM: Function call failed');
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(JSON.parse(Messages[0]?.Body ?? '')).toMatchObject({
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 1 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    DDBStreamBatchInfo: { batchSize: 1, approximateArrivalOfFirstRecord: expect.stringMatching(/:\d\dZ$/) },
  });
  await put('good');
  await made.idle();
  expect(await lastResult()).toBe('OK');
});

test('a function that cannot be called is tried until the record is too old, whatever the quota of retries', async () => {
  const made = stand();
  const { lambda, put, runs } = await withMapping(made, { MaximumRetryAttempts: 0, MaximumRecordAgeInSeconds: 3600 });
  const throttle = (ReservedConcurrentExecutions: number) =>
    lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions }));
  await throttle(0);
  await put('a');
  await made.idle(made.clock.epochMs() + 600_000);
  await throttle(10);
  await made.idle();
  await throttle(0);
  await put('b');
  await made.idle(made.clock.epochMs() + 7_200_000);
  await throttle(10);
  await made.idle();
  expect((await runs()).map(([names]) => names)).toEqual([['INSERT a']]);
});

test('filters keep records from the function', async () => {
  const made = stand();
  const Pattern = JSON.stringify({ dynamodb: { Keys: { id: { S: ['wanted'] } } } });
  const { put, runs } = await withMapping(made, { FilterCriteria: { Filters: [{ Pattern }] } });
  await put('other');
  await put('wanted');
  await made.idle();
  expect((await runs()).map(([names]) => names)).toEqual([['INSERT wanted']]);
});
