import {
  CreateTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { client } from '../index.ts';
import type { PermissionId } from '../index.ts';
import { stand } from '../stand.fixture.ts';

/** Lets topics send to a queue; AWS lets them only then. */
const sendPolicy = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage' }],
});

async function topicWithQueues(
  names: readonly string[],
  options: {
    readonly permissions?: readonly PermissionId[];
    readonly seed?: number;
    readonly attributes?: object;
  } = {},
) {
  const made = stand(options);
  const sns = client(made.world, SNSClient);
  const sqs = client(made.world, SQSClient);
  const fifo = names[0]?.endsWith('.fifo') === true;
  const { TopicArn = '' } = await sns.send(
    new CreateTopicCommand({
      Name: fifo ? 't.fifo' : 't',
      ...(fifo && { Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true' } }),
    }),
  );
  const subscriptions = new Map<string, string>();
  for (const name of names) {
    const Endpoint = await queue(name);
    const { SubscriptionArn = '' } = await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint,
        Attributes: { RawMessageDelivery: 'true', ...options.attributes },
      }),
    );
    subscriptions.set(name, SubscriptionArn);
  }

  async function queue(name: string): Promise<string> {
    const Attributes = { Policy: sendPolicy, ...(name.endsWith('.fifo') && { FifoQueue: 'true' }) };
    await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
    return `arn:aws:sqs:us-east-1:000000000000:${name}`;
  }
  const urlOf = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
  /** Everything that lies in a queue, taken out one by one. */
  async function drain(name: string): Promise<string[]> {
    const bodies: string[] = [];
    for (;;) {
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: urlOf(name) }));
      const [message] = Messages ?? [];
      if (message === undefined) return bodies;
      bodies.push(message.Body ?? '');
      await sqs.send(new DeleteMessageCommand({ QueueUrl: urlOf(name), ReceiptHandle: message.ReceiptHandle }));
    }
  }
  const publish = (Message: string, more: object = {}) => sns.send(new PublishCommand({ TopicArn, Message, ...more }));
  return { ...made, sns, sqs, TopicArn, subscriptions, queue, urlOf, drain, publish };
}

test('every subscription whose filter lets it pass gets a message once', async () => {
  const { sns, subscriptions, publish, drain, TopicArn } = await topicWithQueues(['a', 'b']);
  await sns.send(
    new SetSubscriptionAttributesCommand({
      SubscriptionArn: subscriptions.get('b'),
      AttributeName: 'FilterPolicy',
      AttributeValue: '{"colour":["red"]}',
    }),
  );
  await publish('1');
  await publish('2', { MessageAttributes: { colour: { DataType: 'String', StringValue: 'red' } } });
  expect(await drain('a')).toEqual(['1', '2']);
  expect(await drain('b')).toEqual(['2']);
  await sns.send(new UnsubscribeCommand({ SubscriptionArn: subscriptions.get('a') }));
  const { Successful } = await sns.send(
    new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [{ Id: 'x', Message: '3' }] }),
  );
  expect(Successful).toHaveLength(1);
  expect(await drain('a')).toEqual([]);
});

test('an error on the client side goes to the dead-letter queue at once', async () => {
  const { sns, sqs, subscriptions, publish, queue, urlOf, drain } = await topicWithQueues(['a']);
  const deadLetterTargetArn = await queue('dead');
  await sns.send(
    new SetSubscriptionAttributesCommand({
      SubscriptionArn: subscriptions.get('a'),
      AttributeName: 'RedrivePolicy',
      AttributeValue: JSON.stringify({ deadLetterTargetArn }),
    }),
  );
  await sqs.send(new DeleteQueueCommand({ QueueUrl: urlOf('a') }));
  await publish('lost');
  expect(await drain('dead')).toEqual(['lost']);
});

test('a queue whose policy does not let the topic send gets nothing', async () => {
  const { sns, sqs, publish, drain, TopicArn, urlOf } = await topicWithQueues([]);
  await sqs.send(new CreateQueueCommand({ QueueName: 'closed' }));
  const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:closed';
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  await publish('1');
  expect(await drain('closed')).toEqual([]);
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: urlOf('closed'), Attributes: { Policy: sendPolicy } }));
  await publish('2');
  expect(await drain('closed')).toHaveLength(1);
});

test('a FIFO topic keeps the order of a group through an outage, and drops duplicates', async () => {
  const points = new Set<string>();
  for (let seed = 0; seed < 40; seed++) {
    const { publish, drain, idle, world } = await topicWithQueues(['a.fifo', 'b.fifo'], {
      permissions: ['ADV-SNS-01', 'ADV-SNS-02'],
      seed,
    });
    for (const body of ['1', '2', '3', '3', '4']) await publish(body, { MessageGroupId: 'g' });
    await idle();
    for (const name of ['a.fifo', 'b.fifo']) expect(await drain(name)).toEqual(['1', '2', '3', '4']);
    for (const { point } of world.fired()) points.add(point);
  }
  expect([...points]).toEqual(['ADV-SNS-02']);
});

test('ADV-SNS-04: a new filter takes up to 15 minutes', async () => {
  const waits = new Set<number>();
  for (let seed = 0; seed < 60; seed++) {
    const { sns, sqs, subscriptions, publish, urlOf, clock } = await topicWithQueues(['a'], {
      permissions: ['ADV-SNS-04'],
      seed,
    });
    await sns.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: subscriptions.get('a'),
        AttributeName: 'FilterPolicy',
        AttributeValue: '{"colour":["red"]}',
      }),
    );
    for (const minutes of [0, 1, 5, 15]) {
      clock.advanceTo(Date.UTC(2026, 0, 1, 0, minutes));
      await publish(String(minutes));
    }
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: urlOf('a'), AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    waits.add(Number(Attributes?.['ApproximateNumberOfMessages']));
  }
  expect([...waits].sort((a, b) => a - b)).toEqual([0, 1, 2, 3]);
});
