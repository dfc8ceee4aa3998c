import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type {
  Message,
  QueueAttributeName,
  ReceiveMessageCommandInput,
  SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { advance } from '../advance.ts';
import { client, createVirtualClock, createWorld } from '../index.ts';

interface Account {
  readonly sqs: SQSClient;
  readonly pass: (seconds: number) => Promise<void>;
  readonly nowMs: () => number;
  readonly queue: (name: string, attributes?: Readonly<Record<string, string>>) => Promise<Queue>;
}

interface Queue {
  readonly url: string;
  readonly arn: string;
  readonly send: (body: string, options?: Partial<SendMessageCommandInput>) => Promise<string | undefined>;
  readonly receive: (options?: Partial<ReceiveMessageCommandInput>) => Promise<readonly Message[]>;
  readonly bodies: (options?: Partial<ReceiveMessageCommandInput>) => Promise<string>;
  readonly remove: (message: Message | undefined) => Promise<unknown>;
  readonly counts: () => Promise<readonly string[]>;
}

function account(): Account {
  const clock = createVirtualClock();
  const world = createWorld({ clock, accountId: '123456789012' });
  const sqs = client(world, SQSClient, { maxAttempts: 1 });
  return {
    sqs,
    pass: (seconds) => advance(clock, world, clock.epochMs() + seconds * 1000),
    nowMs: clock.epochMs,
    queue: async (name, attributes) => {
      const fifo = name.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
      const Attributes = { ...fifo, ...attributes };
      const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
      return queueAt(sqs, url, `arn:aws:sqs:us-east-1:123456789012:${name}`);
    },
  };
}

function queueAt(sqs: SQSClient, url: string, arn: string): Queue {
  const receive: Queue['receive'] = async (options) =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, ...options }))).Messages ?? [];
  return {
    url,
    arn,
    send: async (MessageBody, options) =>
      (await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody, ...options }))).MessageId,
    receive,
    bodies: async (options) => (await receive(options)).map(({ Body }) => Body).join(' '),
    remove: (message) => sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle })),
    counts: async () => {
      const names: QueueAttributeName[] = [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ];
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: names }));
      return names.map((name) => Attributes?.[name] ?? '');
    },
  };
}

test('a message goes through with its attributes and their digest', async () => {
  const { queue } = account();
  const q = await queue('q');
  const MessageAttributes = { k: { DataType: 'String', StringValue: 'x' } };
  const id = await q.send('hello', { MessageAttributes });
  const [message] = await q.receive({ MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
  expect(message).toMatchObject({
    MessageId: id,
    Body: 'hello',
    MD5OfBody: '5d41402abc4b2a76b9719d911017c592',
    MessageAttributes,
    MD5OfMessageAttributes: 'a45daa70926828a2f0a1db3418e6feb4',
    Attributes: { ApproximateReceiveCount: '1', SenderId: '123456789012' },
  });
});

test('a message that is not deleted comes again after its visibility timeout, in the order of sending', async () => {
  const { queue, pass } = account();
  const q = await queue('q', { VisibilityTimeout: '5' });
  await q.send('a');
  const [first] = await q.receive();
  await q.send('b');
  expect(await q.counts()).toEqual(['1', '1', '0']);
  await pass(5);
  expect(await q.bodies()).toBe('a b');
  await pass(5);
  await q.remove(first);
  expect(await q.bodies()).toBe('b');
});

test('a long poll ends with the first message, or with nothing after its wait', async () => {
  const { queue, pass, nowMs } = account();
  const q = await queue('q');
  const early = q.bodies({ WaitTimeSeconds: 20 });
  await pass(3);
  await q.send('a');
  expect(await early).toBe('a');
  const startMs = nowMs();
  const late = q.bodies({ WaitTimeSeconds: 20 }).then((bodies) => [bodies, nowMs() - startMs]);
  await pass(60);
  expect(await late).toEqual(['', 20_000]);
});

test('a delayed message is not there before its time', async () => {
  const { queue, pass } = account();
  const q = await queue('q');
  await q.send('a', { DelaySeconds: 10 });
  expect(await q.counts()).toEqual(['0', '0', '1']);
  const waiting = q.bodies({ WaitTimeSeconds: 20 });
  await pass(9);
  expect(await q.counts()).toEqual(['0', '0', '1']);
  await pass(1);
  expect(await waiting).toBe('a');
});

test('a FIFO queue keeps the order within a group and blocks it while something is in flight', async () => {
  const { queue, pass } = account();
  const q = await queue('q.fifo', { ContentBasedDeduplication: 'true', VisibilityTimeout: '30' });
  for (const body of ['a1', 'b1', 'a2', 'b2']) await q.send(body, { MessageGroupId: body.charAt(0) });
  const [a1] = await q.receive({ MaxNumberOfMessages: 1 });
  expect(a1?.Body).toBe('a1');
  expect(await q.bodies()).toBe('b1 b2');
  await q.remove(a1);
  expect(await q.bodies()).toBe('a2');
  await pass(30);
  expect(await q.bodies()).toBe('b1 b2 a2');
});

test('a FIFO queue takes a duplicate within five minutes without keeping it', async () => {
  const { queue, pass } = account();
  const q = await queue('q.fifo');
  const ids = { MessageGroupId: 'g', MessageDeduplicationId: 'd' };
  const first = await q.send('a', ids);
  expect(await q.send('b', ids)).toBe(first);
  expect(await q.counts()).toEqual(['1', '0', '0']);
  await pass(300);
  expect(await q.send('c', ids)).not.toBe(first);
  expect(await q.bodies()).toBe('a c');
});

test('too many receives bring a message to the dead-letter queue, and a move task back', async () => {
  const { sqs, queue, pass } = account();
  const dead = await queue('dead');
  const policy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
  const q = await queue('q', { RedrivePolicy: policy, VisibilityTimeout: '1' });
  const id = await q.send('a');
  for (let receive = 0; receive < 2; receive += 1) {
    expect(await q.bodies()).toBe('a');
    await pass(1);
  }
  expect(await q.bodies()).toBe('');
  const [message] = await dead.receive({ MessageSystemAttributeNames: ['All'] });
  const Attributes = { ApproximateReceiveCount: '3', DeadLetterQueueSourceArn: q.arn };
  expect(message).toMatchObject({ MessageId: id, Attributes });
  await pass(30);
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: dead.arn }));
  await pass(1);
  const { Results } = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: dead.arn }));
  expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
  expect(await q.bodies()).toBe('a');
});

test('retention counts from the first sending, also in the dead-letter queue', async () => {
  const { queue, pass } = account();
  const dead = await queue('dead', { MessageRetentionPeriod: '60' });
  const policy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
  const q = await queue('q', { RedrivePolicy: policy, VisibilityTimeout: '40' });
  await q.send('a');
  await q.receive();
  await pass(40);
  await q.receive();
  expect(await dead.counts()).toEqual(['1', '0', '0']);
  await pass(20);
  expect(await dead.counts()).toEqual(['0', '0', '0']);
});

test('each entry of a batch has its own outcome', async () => {
  const { sqs, queue } = account();
  const { url } = await queue('q', { MaximumMessageSize: '1024' });
  const send = (Entries: readonly { readonly Id: string; readonly MessageBody: string }[]): Promise<object> =>
    sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: [...Entries] }));
  expect(
    await send([
      { Id: '1', MessageBody: 'a' },
      { Id: '2', MessageBody: 'a'.repeat(1025) },
    ]),
  ).toMatchObject({
    Successful: [{ Id: '1' }],
    Failed: [{ Id: '2', Code: 'InvalidParameterValue', SenderFault: true }],
  });
  await expect(send([])).rejects.toMatchObject({ name: 'EmptyBatchRequest' });
  const twice = [
    { Id: '1', MessageBody: 'a' },
    { Id: '1', MessageBody: 'b' },
  ];
  await expect(send(twice)).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinct' });
});

test.each<[Record<string, string>, string]>([
  [{ Nonsense: '1' }, 'InvalidAttributeName'],
  [{ VisibilityTimeout: '43201' }, 'InvalidAttributeValue'],
  [{ FifoQueue: 'true' }, 'InvalidAttributeName'],
  [{ RedrivePolicy: '{}' }, 'InvalidParameterValue'],
  [{ KmsMasterKeyId: 'k', SqsManagedSseEnabled: 'true' }, 'InvalidAttributeName'],
])('attributes %j are refused with %s', async (Attributes, name) => {
  const { sqs, queue } = account();
  const { url } = await queue('q');
  const set = sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes }));
  await expect(set).rejects.toMatchObject({ name });
});

test('purging twice, and creating again what was just deleted, have to wait a minute', async () => {
  const { sqs, queue, pass } = account();
  const { url, send, counts } = await queue('q');
  await send('a');
  const purge = (): Promise<unknown> => sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
  await purge();
  expect(await counts()).toEqual(['0', '0', '0']);
  await expect(purge()).rejects.toMatchObject({ name: 'PurgeQueueInProgress' });
  await pass(60);
  await purge();
  await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
  await expect(queue('q')).rejects.toMatchObject({ name: 'QueueDeletedRecently' });
  await pass(60);
  await queue('q');
});

test('a retention of less than a minute is refused where waiting costs nothing', async () => {
  const world = createWorld({ clock: createVirtualClock() });
  const sqs = client(world, SQSClient);
  const create = (seconds: string) =>
    sqs.send(new CreateQueueCommand({ QueueName: `q${seconds}`, Attributes: { MessageRetentionPeriod: seconds } }));
  await expect(create('59')).rejects.toThrow('Invalid value for the parameter MessageRetentionPeriod.');
  expect(await create('60')).toHaveProperty('QueueUrl');
});
