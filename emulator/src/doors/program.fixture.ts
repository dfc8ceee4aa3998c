import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  GetFunctionCommand,
  InvokeCommand,
  ListEventSourceMappingsCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import {
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SetTopicAttributesCommand,
} from '@aws-sdk/client-sns';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { constantFrom, integer, oneof, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Clients, Memory, Step } from './door-run.fixture.ts';

import { arnOf, receiveStep, streamArn, urlOf, wait } from './set-up.fixture.ts';

/** A call whose input is made of `parts`. */
function step<T>(
  name: string,
  parts: { readonly [K in keyof T]: Arbitrary<T[K]> },
  call: (input: T, clients: Clients, memory: Memory) => Promise<object>,
): Arbitrary<Step> {
  return record<T>(parts).map((input) => ({
    says: [name, input],
    call: (clients, memory) => call(input, clients, memory),
  }));
}

const body = constantFrom('a', 'b', 'é<&>', 'bad', '');
const queue = constantFrom('q', 'source', 'source', 'f.fifo', 'none');
const key = constantFrom<Record<string, AttributeValue>>({ pk: { S: 'a' } }, { pk: { S: 'bad' } }, { pk: { N: '1' } });
const table = constantFrom('tab', 'tab', 'tab', 'none');
const topic = constantFrom('t', 't', 't.fifo', 'none');
const rule = constantFrom('r', 'r', 'r2', 'none');
const fn = constantFrom('f', 'f', 'none');

/** Steps by service: calls that are right and calls that are refused, on the resources of `setUp`. */
export const stepsOf: Readonly<Record<string, readonly Arbitrary<Step>[]>> = {
  sqs: [
    step('send', { queue, body }, ({ queue: name, body: MessageBody }, { sqs }) =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl: urlOf(name),
          MessageBody,
          ...(name === 'f.fifo' && { MessageGroupId: 'g' }),
        }),
      ),
    ),
    step('send batch', { queue, ids: constantFrom(['1', '2'], ['1', '1'], []) }, ({ queue: name, ids }, { sqs }) =>
      sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: urlOf(name),
          Entries: ids.map((Id) => ({ Id, MessageBody: Id, MessageGroupId: name === 'f.fifo' ? 'g' : undefined })),
        }),
      ),
    ),
    record({ name: queue, max: constantFrom(1, 10, 11), seconds: constantFrom(0, 0, 2) }).map(
      ({ name, max, seconds }) => receiveStep(name, max, seconds),
    ),
    step('delete', { at: integer({ min: 0, max: 3 }) }, ({ at }, { sqs }, { handles }) =>
      sqs.send(new DeleteMessageCommand(handles[at] ?? { QueueUrl: urlOf('q'), ReceiptHandle: 'nonsense' })),
    ),
    step('attributes', { queue }, ({ queue: name }, { sqs }) =>
      sqs.send(new GetQueueAttributesCommand({ QueueUrl: urlOf(name), AttributeNames: ['All'] })),
    ),
  ],
  sns: [
    step(
      'publish',
      { topic, Message: body, Subject: constantFrom(undefined, 's', '\n') },
      ({ topic: name, ...input }, { sns }) =>
        sns.send(
          new PublishCommand({
            TopicArn: arnOf('sns', name),
            ...input,
            ...(name === 't.fifo' && { MessageGroupId: 'g' }),
          }),
        ),
    ),
    step('publish batch', { topic, ids: constantFrom(['1', '2'], ['1', '1'], []) }, ({ topic: name, ids }, { sns }) =>
      sns.send(
        new PublishBatchCommand({
          TopicArn: arnOf('sns', name),
          PublishBatchRequestEntries: ids.map((Id) => ({
            Id,
            Message: Id,
            MessageGroupId: name === 't.fifo' ? 'g' : undefined,
          })),
        }),
      ),
    ),
    step(
      'topic',
      { topic, AttributeName: constantFrom('DisplayName', 'Nonsense') },
      async ({ topic: name, AttributeName }, { sns }) => {
        const TopicArn = arnOf('sns', name);
        await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue: 'x' }));
        return sns.send(new GetTopicAttributesCommand({ TopicArn }));
      },
    ),
    step('subscriptions', { topic }, ({ topic: name }, { sns }) =>
      sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: arnOf('sns', name) })),
    ),
  ],
  events: [
    step(
      'put events',
      {
        sources: constantFrom(['s'], ['s', 'other'], ['s', '']),
        Detail: constantFrom('{"n":1.50}', '{"x":"bad"}', '{'),
        EventBusName: constantFrom('default', 'default', 'none'),
      },
      ({ sources, ...entry }, { events }) =>
        events.send(
          new PutEventsCommand({ Entries: sources.map((Source) => ({ Source, DetailType: 'd', ...entry })) }),
        ),
    ),
    step(
      'put rule',
      { Name: constantFrom('r2', 'no good'), ScheduleExpression: constantFrom('rate(1 minute)', 'rate(2 minute)') },
      async (input, { events }) => {
        const made = await events.send(new PutRuleCommand(input));
        await events.send(
          new PutTargetsCommand({
            Rule: input.Name,
            Targets: [{ Id: 'queue', Arn: arnOf('sqs', 'ledger'), Input: '"tick"' }],
          }),
        );
        return made;
      },
    ),
    step('switch rule', { Name: rule, isOn: constantFrom(true, false) }, ({ Name, isOn }, { events }) =>
      isOn ? events.send(new EnableRuleCommand({ Name })) : events.send(new DisableRuleCommand({ Name })),
    ),
    step('remove target', { Rule: rule, id: constantFrom('topic', 'none') }, ({ Rule, id }, { events }) =>
      events.send(new RemoveTargetsCommand({ Rule, Ids: [id] })),
    ),
    step('describe rule', { Name: rule }, async ({ Name }, { events }) => ({
      ...(await events.send(new DescribeRuleCommand({ Name }))),
      ...(await events.send(new ListTargetsByRuleCommand({ Rule: Name }))),
    })),
  ],
  dynamodb: [
    step(
      'put',
      { TableName: table, key, ConditionExpression: constantFrom(undefined, 'attribute_not_exists(pk)', 'pk =') },
      ({ key: Item, ...input }, { db }) =>
        db.send(new PutItemCommand({ ...input, Item: { ...Item, v: { BOOL: true } } })),
    ),
    step('update', { TableName: table, Key: key }, (input, { db }) =>
      db.send(
        new UpdateItemCommand({
          ...input,
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
          ReturnValues: 'ALL_NEW',
        }),
      ),
    ),
    step('get', { TableName: table, Key: key }, (input, { db }) => db.send(new GetItemCommand(input))),
    step('delete item', { TableName: table, Key: key }, (input, { db }) =>
      db.send(new DeleteItemCommand({ ...input, ReturnValues: 'ALL_OLD' })),
    ),
    step('query', { TableName: table }, (input, { db }) =>
      db.send(
        new QueryCommand({
          ...input,
          KeyConditionExpression: 'pk = :a',
          ExpressionAttributeValues: { ':a': { S: 'a' } },
        }),
      ),
    ),
    step('batch', { TableName: table, key }, ({ TableName, key: Item }, { db }) =>
      db.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item } }] } })),
    ),
    step('transact', { TableName: table, key }, ({ TableName, key: Item }, { db }) =>
      db.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName, Item } },
            {
              ConditionCheck: {
                TableName: 'tab',
                Key: { pk: { S: 'bad' } },
                ConditionExpression: 'attribute_exists(pk)',
              },
            },
          ],
        }),
      ),
    ),
  ],
  streams: [
    step(
      'records',
      {
        Limit: constantFrom(undefined, 1, 0),
        ShardIteratorType: constantFrom('TRIM_HORIZON' as const, 'LATEST' as const),
      },
      async ({ Limit, ShardIteratorType }, clients) => {
        const { streams } = clients;
        const StreamArn = await streamArn(clients);
        const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
        const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
        const { ShardIterator } = await streams.send(
          new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType }),
        );
        return streams.send(new GetRecordsCommand({ ShardIterator, Limit }));
      },
    ),
    step(
      'nonsense',
      { ShardIterator: constantFrom('x', 'arn:aws:dynamodb:us-east-1:0:table/t|1|x') },
      (input, { streams }) => streams.send(new GetRecordsCommand(input)),
    ),
  ],
  lambda: [
    step(
      'invoke',
      {
        FunctionName: fn,
        InvocationType: constantFrom('RequestResponse' as const, 'Event' as const, 'DryRun' as const),
        Payload: constantFrom('{}', '{"x":"bad"}', '{'),
      },
      (input, { lambda }) => lambda.send(new InvokeCommand({ ...input, Payload: Buffer.from(input.Payload) })),
    ),
    step('function', { FunctionName: fn }, async (input, { lambda }) => {
      const { Configuration, Concurrency } = await lambda.send(new GetFunctionCommand(input));
      return { Configuration, Concurrency };
    }),
    step(
      'concurrency',
      { FunctionName: fn, ReservedConcurrentExecutions: constantFrom(0, 5, -1) },
      (input, { lambda }) => lambda.send(new PutFunctionConcurrencyCommand(input)),
    ),
    step('mappings', { FunctionName: fn }, (input, { lambda }) =>
      lambda.send(new ListEventSourceMappingsCommand(input)),
    ),
  ],
};

/** A step of any service, which it names first, or some time. */
export const anyStep: Arbitrary<Step> = oneof(
  ...Object.entries(stepsOf).map(([service, steps]) =>
    oneof(...steps).map((made): Step => ({ ...made, says: [service, made.says] })),
  ),
  integer({ min: 0, max: 90_000 }).map(wait),
);
