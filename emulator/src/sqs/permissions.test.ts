import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { advance } from '../advance.ts';
import { client, createVirtualClock, createWorld } from '../index.ts';
import type { PermissionId } from '../index.ts';
import type { sqsPermissions } from '../permissions/sqs.ts';

interface Stand {
  readonly sqs: SQSClient;
  readonly url: string;
  readonly pass: (ms: number) => Promise<void>;
  readonly receive: (max?: number) => Promise<readonly Message[]>;
  readonly send: (body: string, group?: string) => Promise<void>;
}

async function stand(seed: number, permissions: readonly PermissionId[], name = 'q'): Promise<Stand> {
  const clock = createVirtualClock();
  const world = createWorld({ clock, seed, permissions });
  const sqs = client(world, SQSClient, { maxAttempts: 1 });
  const Attributes = name.endsWith('.fifo') ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : undefined;
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  return {
    sqs,
    url,
    pass: (ms) => advance(clock, world, clock.epochMs() + ms),
    receive: async (MaxNumberOfMessages = 10) =>
      (
        await sqs.send(
          new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages, MessageSystemAttributeNames: ['All'] }),
        )
      ).Messages ?? [],
    send: async (MessageBody, MessageGroupId) => {
      await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody, MessageGroupId }));
    },
  };
}

/** What a caller would see of the permission; `true` where it was not friendly. */
const signs: Readonly<Record<Exclude<keyof typeof sqsPermissions, 'ADV-SQS-07'>, (stand: Stand) => Promise<boolean>>> =
  {
    'ADV-SQS-01': async ({ send, receive }) => {
      await send('a');
      return (await receive()).length + (await receive()).length === 2;
    },
    'ADV-SQS-02': async ({ sqs, url, send, receive, pass }) => {
      await send('a');
      const [message] = await receive();
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }));
      await pass(31_000);
      return (await receive()).length === 1;
    },
    'ADV-SQS-03': async ({ send, receive }) => {
      for (const body of ['a', 'b', 'c']) await send(body);
      return (await receive()).map(({ Body }) => Body).join('') !== 'abc';
    },
    'ADV-SQS-04': async ({ send, receive }) => {
      for (const body of ['a', 'b', 'c']) await send(body);
      return (await receive(3)).length < 3;
    },
    'ADV-SQS-05': async ({ sqs, url, send, receive, pass }) => {
      await send('a');
      const [first] = await receive();
      await pass(31_000);
      await receive();
      await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }));
      await pass(31_000);
      return (await receive()).length === 1;
    },
    'ADV-SQS-06': async ({ sqs, url, send }) => {
      await send('a');
      const AttributeNames = ['ApproximateNumberOfMessages'] as const;
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...AttributeNames] }),
      );
      return Attributes?.['ApproximateNumberOfMessages'] !== '1';
    },
    'ADV-SQS-10': async ({ sqs, url, send, receive }) => {
      await send('a');
      await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
      return (await receive()).length === 1;
    },
    'ADV-SQS-11': async ({ sqs, url }) => {
      const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: 'a' }));
      const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
      return Failed.length > 0;
    },
    'ADV-SQS-12': async ({ sqs, url, send, receive }) => {
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { VisibilityTimeout: '0' } }));
      await send('a');
      await receive();
      return (await receive()).length === 0;
    },
    'ADV-FIFO-03': async ({ send, receive }) => {
      for (const group of ['a', 'b', 'c']) await send(group, group);
      return (await receive()).map(({ Body }) => Body).join('') !== 'abc';
    },
    'ADV-FIFO-04': async ({ send }) => {
      try {
        await send('a', 'g');
        return false;
      } catch (error) {
        return error instanceof Error && error.name === 'RequestThrottled';
      }
    },
  };

test.each(Object.keys(signs))('%s - is seen under some seed, and never without permission', async (id) => {
  const sign = signs[id as keyof typeof signs];
  const name = id.startsWith('ADV-FIFO') ? 'q.fifo' : 'q';
  let isSeen = false;
  for (let seed = 0; seed < 300 && !isSeen; seed += 1) {
    isSeen = await sign(await stand(seed, [id as PermissionId], name));
  }
  expect(isSeen).toBe(true);
  for (let seed = 0; seed < 20; seed += 1) expect(await sign(await stand(seed, [], name))).toBe(false);
});

/** Has `count` messages in flight. */
async function fill({ sqs, url, receive }: Stand, count: number): Promise<void> {
  const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: 'a' }));
  for (let sent = 0; sent < count; sent += 10) {
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    await receive();
  }
}

async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'answered',
    (error: unknown) => (error instanceof Error ? error.name : ''),
  );
}

test(
  'ADV-SQS-07 - receives may be refused near 120,000 messages in flight, and are at it',
  { timeout: 120_000 },
  async () => {
    const near = await stand(1, ['ADV-SQS-07']);
    const { sqs, url, receive } = near;
    await fill(near, 118_800);
    const outcomes = async (calls: number): Promise<readonly string[]> => {
      const seen = new Set<string>();
      for (let call = 0; call < calls; call += 1) seen.add(await outcome(receive()));
      return [...seen].sort();
    };
    expect(await outcomes(20)).toEqual(['OverLimit', 'answered']);
    const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: 'a' }));
    for (let batch = 0; batch < 130; batch += 1)
      await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    await outcomes(600);
    expect(await outcomes(20)).toEqual(['OverLimit']);
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 1 }));
    expect(Messages).toBeUndefined();
  },
);

test('a lease ends 12 hours after its receive', async () => {
  const { sqs, url, send, receive, pass } = await stand(1, []);
  await send('a');
  const [message] = await receive();
  const change = (VisibilityTimeout: number): Promise<unknown> =>
    sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }),
    );
  await change(43_200);
  await pass(1000);
  await expect(change(43_200)).rejects.toThrow('is beyond the limit [43200 seconds]');
  await change(43_199);
  await pass(43_199_000);
  expect(await receive()).toHaveLength(1);
});
