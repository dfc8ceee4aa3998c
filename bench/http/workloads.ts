import {
  CreateTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateFunctionCommand, InvokeCommand, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { zipOf } from '../../emulator/src/lambda/zip.fixture.ts';
import type { ServiceName } from '../peers/servers.ts';
import type { Clients } from './clients.ts';

/** One request of an act; resolves to the receipt handle in its answer, where there is one. */
export interface Step {
  readonly operation: string;
  readonly send: (clients: Clients, handle: string) => Promise<string | undefined>;
}

/** What is measured: steps one after the other, as often as fits. */
export interface Workload {
  readonly name: string;
  /** One item in, or out, by one request: what the bar beside the floor is for. */
  readonly isSingleItem: boolean;
  readonly services: readonly ServiceName[];
  /** Resources are named after `run`, so that rows do not meet. */
  readonly setUp: (clients: Clients, run: string) => Promise<readonly Step[]>;
  /** What `acts` acts use up, put there before they are timed. */
  readonly supply?: (clients: Clients, run: string, acts: number) => Promise<void>;
  /** The most acts of one round, where they leave something behind. */
  readonly actsMax?: number;
}

const body = 'x'.repeat(200);
const item = (n: number) => ({ pk: { S: `k${n}` }, sk: { N: '1' }, data: { S: body }, count: { N: '42' } });
const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const urls = new WeakMap<Clients, Map<string, string>>();

export const workloads: readonly Workload[] = [
  {
    name: 'SendMessage',
    isSingleItem: true,
    services: ['sqs'],
    setUp: async (clients, run) => {
      const QueueUrl = await createQueue(clients, run);
      const command = () => new SendMessageCommand({ QueueUrl, MessageBody: body });
      return [step('SendMessage', ({ sqs }) => sqs.send(command()))];
    },
  },
  {
    name: 'SendMessageBatch of 10',
    isSingleItem: false,
    services: ['sqs'],
    setUp: async (clients, run) => {
      const QueueUrl = await createQueue(clients, run);
      return [step('SendMessageBatch', ({ sqs }) => sqs.send(tenMessages(QueueUrl)))];
    },
  },
  {
    name: 'ReceiveMessage, DeleteMessage',
    isSingleItem: true,
    services: ['sqs'],
    actsMax: 1500,
    setUp: async (clients, run) => receiveAndDelete(await createQueue(clients, run)),
    supply: async (clients, run, acts) => {
      const QueueUrl = await createQueue(clients, run);
      const batches = Array.from({ length: Math.ceil(acts / 10) }, () => () => clients.sqs.send(tenMessages(QueueUrl)));
      await inLanes(16, batches);
    },
  },
  {
    name: 'PutEvents',
    isSingleItem: true,
    services: ['events'],
    setUp: async () => [putEvent('nobody.asks')],
  },
  {
    name: 'PutEvents to SQS through a rule, received, deleted',
    isSingleItem: false,
    services: ['events', 'sqs'],
    setUp: async (clients, run) => {
      const QueueUrl = await createQueue(clients, run);
      const pattern = JSON.stringify({ source: [run] });
      await clients.events.send(new PutRuleCommand({ Name: run, EventPattern: pattern }));
      await clients.events.send(new PutTargetsCommand({ Rule: run, Targets: [{ Id: 'q', Arn: queueArn(run) }] }));
      return [putEvent(run), ...receiveAndDelete(QueueUrl)];
    },
  },
  { name: 'Publish to 1 queue', isSingleItem: true, services: ['sns', 'sqs'], setUp: publishTo(1), actsMax: 1000 },
  { name: 'Publish to 100 queues', isSingleItem: false, services: ['sns', 'sqs'], setUp: publishTo(100), actsMax: 64 },
  {
    name: 'PutItem',
    isSingleItem: true,
    services: ['dynamodb'],
    setUp: async (clients, run) => {
      await createTable(clients, run);
      return [step('PutItem', ({ dynamodb }) => dynamodb.send(new PutItemCommand({ TableName: run, Item: item(1) })))];
    },
  },
  {
    name: 'GetItem',
    isSingleItem: true,
    services: ['dynamodb'],
    setUp: async (clients, run) => {
      await createTable(clients, run);
      await clients.dynamodb.send(new PutItemCommand({ TableName: run, Item: item(1) }));
      const Key = { pk: { S: 'k1' }, sk: { N: '1' } };
      return [step('GetItem', ({ dynamodb }) => dynamodb.send(new GetItemCommand({ TableName: run, Key })))];
    },
  },
  {
    name: 'Query for 10 items',
    isSingleItem: false,
    services: ['dynamodb'],
    setUp: async (clients, run) => {
      await createTable(clients, run);
      for (let n = 0; n < 10; n += 1) {
        const Item = { ...item(1), sk: { N: String(n) } };
        await clients.dynamodb.send(new PutItemCommand({ TableName: run, Item }));
      }
      const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: 'k1' } } };
      return [step('Query', ({ dynamodb }) => dynamodb.send(new QueryCommand({ TableName: run, ...query })))];
    },
  },
  {
    name: 'TransactWriteItems of 2',
    isSingleItem: false,
    services: ['dynamodb'],
    setUp: async (clients, run) => {
      await createTable(clients, run);
      let n = 0;
      // Each call has items of its own: at one item, those in flight would be refused.
      const command = () => {
        n += 2;
        const TransactItems = [n, n + 1].map((each) => ({ Put: { TableName: run, Item: item(each) } }));
        return new TransactWriteItemsCommand({ TransactItems, ClientRequestToken: `${run}-${n}`.slice(0, 36) });
      };
      return [step('TransactWriteItems', ({ dynamodb }) => dynamodb.send(command()))];
    },
  },
  {
    name: 'Invoke',
    isSingleItem: true,
    services: ['lambda'],
    setUp: async (clients, run) => {
      await createFunction(clients, run);
      const Payload = Buffer.from('{"n":1}');
      return [step('Invoke', ({ lambda }) => lambda.send(new InvokeCommand({ FunctionName: run, Payload })))];
    },
  },
];

function step(operation: string, send: (clients: Clients) => Promise<unknown>): Step {
  return { operation, send: (clients) => send(clients).then(() => undefined) };
}

function putEvent(source: string): Step {
  const entry = { Source: source, DetailType: 'd', Detail: JSON.stringify({ body }) };
  return {
    operation: 'PutEvents',
    send: async ({ events }) => {
      const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries: [entry] }));
      if (FailedEntryCount !== 0) throw new Error('the event was not taken');
      return undefined;
    },
  };
}

export function receiveAndDelete(QueueUrl: string): readonly Step[] {
  return [
    {
      operation: 'ReceiveMessage',
      send: async ({ sqs }) => {
        const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
        return Messages?.[0]?.ReceiptHandle;
      },
    },
    {
      operation: 'DeleteMessage',
      send: async ({ sqs }, ReceiptHandle) => {
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        return undefined;
      },
    },
  ];
}

function publishTo(queues: number): Workload['setUp'] {
  return async (clients, run) => {
    const { TopicArn } = await clients.sns.send(new CreateTopicCommand({ Name: run }));
    for (let n = 0; n < queues; n += 1) {
      await createQueue(clients, `${run}-${n}`);
      const Endpoint = queueArn(`${run}-${n}`);
      await clients.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
    }
    return [step('Publish', ({ sns }) => sns.send(new PublishCommand({ TopicArn, Message: body })))];
  };
}

function tenMessages(QueueUrl: string): SendMessageBatchCommand {
  const Entries = Array.from({ length: 10 }, (_, n) => ({ Id: String(n), MessageBody: body }));
  return new SendMessageBatchCommand({ QueueUrl, Entries });
}

/** Topics and rules may send to it. */
const openPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
});

/** Creates it once, with the long visibility that keeps what was received from coming back. */
async function createQueue(clients: Clients, QueueName: string): Promise<string> {
  const known = urls.get(clients) ?? new Map<string, string>();
  urls.set(clients, known);
  const Attributes = { VisibilityTimeout: '3600', Policy: openPolicy };
  const url =
    known.get(QueueName) ?? (await clients.sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl;
  if (url === undefined) throw new Error(`no URL for '${QueueName}'`);
  known.set(QueueName, url);
  return url;
}

export async function createTable({ dynamodb }: Clients, TableName: string): Promise<void> {
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'N' },
      ],
    }),
  );
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { TableName });
}

async function createFunction({ lambda }: Clients, FunctionName: string): Promise<void> {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/bench',
      Code: { ZipFile: zipOf('index.mjs', 'export const handler = async (event) => event;') },
    }),
  );
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { FunctionName });
}

/** Runs `tasks`, `lanes` at a time. */
export async function inLanes(lanes: number, tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const left = [...tasks];
  const lane = async (): Promise<void> => {
    for (let task = left.pop(); task !== undefined; task = left.pop()) await task();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
