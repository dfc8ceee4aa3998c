import { CreateTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  InvokeCommand,
} from '@aws-sdk/client-lambda';
import { CreateTopicCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { zipOf } from '../lambda/zip.fixture.ts';
import { accountId } from './door-run.fixture.ts';
import type { Clients, Step } from './door-run.fixture.ts';

export const urlOf = (name: string): string => `https://sqs.us-east-1.amazonaws.com/${accountId}/${name}`;
export const arnOf = (service: string, rest: string): string => `arn:aws:${service}:us-east-1:${accountId}:${rest}`;

/** Tells the ledger what called it, and fails where it is told to. */
const teller = `
  const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
  const sqs = new SQSClient({});
  exports.handler = async (event) => {
    const [record] = event.Records ?? [];
    const source = record?.eventSource ?? record?.EventSource ?? event.source ?? 'invoke';
    const text = JSON.stringify(event);
    await sqs.send(new SendMessageCommand({
      QueueUrl: process.env.LEDGER,
      MessageBody: source + ' ' + (event.Records?.length ?? 1) + ' ' + (record?.body ?? record?.Sns?.Message ?? record?.eventName ?? ''),
    }));
    if (text.includes('bad')) throw new Error('bad');
    return { source };
  };`;

const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] });
const functionArn = arnOf('lambda', 'function:f');
const topicArn = arnOf('sns', 't');

export async function streamArn({ streams }: Clients): Promise<string | undefined> {
  return (await streams.send(new ListStreamsCommand({ TableName: 'tab' }))).Streams?.[0]?.StreamArn;
}

const setUpCalls: readonly (readonly [string, (clients: Clients) => Promise<object>])[] = [
  ...['dead', 'ledger', 'q', 'source', 'f.fifo'].map((name) => {
    const fifo = name.endsWith('.fifo') ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {};
    const redrive =
      name === 'source'
        ? { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('sqs', 'dead'), maxReceiveCount: 2 }) }
        : {};
    const Attributes = { Policy: policy, VisibilityTimeout: '30', ...fifo, ...redrive };
    return [
      `queue ${name}`,
      ({ sqs }: Clients) => sqs.send(new CreateQueueCommand({ QueueName: name, Attributes })),
    ] as const;
  }),
  [
    'function',
    ({ lambda }) =>
      lambda.send(
        new CreateFunctionCommand({
          FunctionName: 'f',
          Role: `arn:aws:iam::${accountId}:role/r`,
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Code: { ZipFile: zipOf('index.js', teller) },
          Environment: { Variables: { LEDGER: urlOf('ledger') } },
        }),
      ),
  ],
  ...['sns', 'events'].map(
    (service) =>
      [
        `permission ${service}`,
        ({ lambda }: Clients) =>
          lambda.send(
            new AddPermissionCommand({
              FunctionName: 'f',
              StatementId: service,
              Action: 'lambda:InvokeFunction',
              Principal: `${service}.amazonaws.com`,
            }),
          ),
      ] as const,
  ),
  ['topic', ({ sns }) => sns.send(new CreateTopicCommand({ Name: 't' }))],
  [
    'FIFO topic',
    ({ sns }) =>
      sns.send(
        new CreateTopicCommand({
          Name: 't.fifo',
          Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true' },
        }),
      ),
  ],
  ...(
    [
      ['t', 'sqs', arnOf('sqs', 'q')],
      ['t', 'lambda', functionArn],
      ['t.fifo', 'sqs', arnOf('sqs', 'f.fifo')],
    ] as const
  ).map(
    ([topic, Protocol, Endpoint]) =>
      [
        `subscription ${Endpoint}`,
        ({ sns }: Clients) =>
          sns.send(
            new SubscribeCommand({
              TopicArn: arnOf('sns', topic),
              Protocol,
              Endpoint,
              Attributes: Protocol === 'sqs' ? { RawMessageDelivery: 'true' } : {},
            }),
          ),
      ] as const,
  ),
  ['rule', ({ events }) => events.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["s"]}' }))],
  [
    'targets',
    ({ events }) =>
      events.send(
        new PutTargetsCommand({
          Rule: 'r',
          Targets: [
            { Id: 'queue', Arn: arnOf('sqs', 'q') },
            { Id: 'function', Arn: functionArn },
            { Id: 'topic', Arn: topicArn, InputPath: '$.detail' },
          ],
        }),
      ),
  ],
  [
    'table',
    ({ db }) =>
      db.send(
        new CreateTableCommand({
          TableName: 'tab',
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
          BillingMode: 'PAY_PER_REQUEST',
        }),
      ),
  ],
];

export const wait = (advanceMs: number): Step => ({ says: ['wait', advanceMs], advanceMs });

/** Resources of all services, bound to one another. */
export const setUp: readonly Step[] = [
  ...setUpCalls.map(([says, call]) => ({ says, call })),
  wait(60_000),
  {
    says: 'mapping of the queue',
    call: ({ lambda }) =>
      lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'f', EventSourceArn: arnOf('sqs', 'source') })),
  },
  {
    says: 'mapping of the stream',
    call: async (clients) =>
      clients.lambda.send(
        new CreateEventSourceMappingCommand({
          FunctionName: 'f',
          EventSourceArn: await streamArn(clients),
          StartingPosition: 'TRIM_HORIZON',
          MaximumRetryAttempts: 1,
        }),
      ),
  },
  wait(200_000),
];

/** One call of the function by each that can call it. */
const callEach: readonly Step[] = [
  {
    says: 'caller',
    call: ({ lambda }) => lambda.send(new InvokeCommand({ FunctionName: 'f', InvocationType: 'Event' })),
  },
  { says: 'topic', call: ({ sns }) => sns.send(new PublishCommand({ TopicArn: topicArn, Message: 'm' })) },
  {
    says: 'queue',
    call: ({ sqs }) => sqs.send(new SendMessageCommand({ QueueUrl: urlOf('source'), MessageBody: 'm' })),
  },
  { says: 'stream', call: ({ db }) => db.send(new PutItemCommand({ TableName: 'tab', Item: { pk: { S: 'm' } } })) },
  {
    says: 'rule',
    call: ({ events }) =>
      events.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'd', Detail: '{}' }] })),
  },
];

/** What is looked at in the end: every queue, a few times. */
export const lookAround: readonly Step[] = [
  ...callEach,
  wait(600_000),
  ...['q', 'ledger', 'dead', 'f.fifo'].flatMap((name) => [1, 2, 3].map(() => receiveStep(name, 10, 0))),
];

export function receiveStep(name: string, MaxNumberOfMessages: number, WaitTimeSeconds: number): Step {
  return {
    says: ['receive', name, MaxNumberOfMessages, WaitTimeSeconds],
    call: async ({ sqs }, { handles }) => {
      const QueueUrl = urlOf(name);
      const answer = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages,
          WaitTimeSeconds,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
      );
      for (const { ReceiptHandle = '' } of answer.Messages ?? []) handles.unshift({ QueueUrl, ReceiptHandle });
      return answer;
    },
  };
}
