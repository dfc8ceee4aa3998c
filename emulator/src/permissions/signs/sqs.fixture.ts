import {
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
import { advance } from '../../advance.ts';
import { client } from '../../index.ts';
import type { Stand } from '../../stand.fixture.ts';
import type { sqsPermissions } from '../sqs.ts';
import { isRefused } from './sign.fixture.ts';
import type { Sign } from './sign.fixture.ts';

interface QueueStand {
  readonly sqs: SQSClient;
  readonly url: string;
  readonly pass: (ms: number) => Promise<void>;
  readonly receive: (max?: number) => Promise<readonly Message[]>;
  readonly send: (body: string, group?: string) => Promise<void>;
  /** Sends and receives until so many messages are in flight. */
  readonly fill: (count: number) => Promise<void>;
}

const tenEntries = Array.from({ length: 10 }, (_, index) => ({ Id: `${index}`, MessageBody: 'a' }));

/** A queue of that name, FIFO where the name says so. */
export async function withQueue({ world, clock }: Stand, name: string): Promise<QueueStand> {
  const sqs = client(world, SQSClient, { maxAttempts: 1 });
  const Attributes = name.endsWith('.fifo') ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : undefined;
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  const receive = async (MaxNumberOfMessages = 10): Promise<readonly Message[]> =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages }))).Messages ?? [];
  return {
    sqs,
    url,
    receive,
    pass: (ms) => advance(clock, world, clock.epochMs() + ms),
    send: async (MessageBody, MessageGroupId) => {
      await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody, MessageGroupId }));
    },
    fill: async (count) => {
      for (let sent = 0; sent < count; sent += 10) {
        await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: tenEntries }));
        await receive();
      }
    },
  };
}

const onQueue =
  (look: (stand: QueueStand) => Promise<boolean>, name = 'q'): Sign =>
  async (stand) =>
    look(await withQueue(stand, name));

export const sqsSigns: Readonly<Record<keyof typeof sqsPermissions, Sign>> = {
  'ADV-SQS-01': onQueue(async ({ send, receive }) => {
    await send('a');
    return (await receive()).length + (await receive()).length === 2;
  }),
  'ADV-SQS-02': onQueue(async ({ sqs, url, send, receive, pass }) => {
    await send('a');
    const [message] = await receive();
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }));
    await pass(31_000);
    return (await receive()).length === 1;
  }),
  'ADV-SQS-03': onQueue(async ({ send, receive }) => {
    for (const body of ['a', 'b', 'c']) await send(body);
    return (await receive()).map(({ Body }) => Body).join('') !== 'abc';
  }),
  'ADV-SQS-04': onQueue(async ({ send, receive }) => {
    for (const body of ['a', 'b', 'c']) await send(body);
    return (await receive(3)).length < 3;
  }),
  'ADV-SQS-05': onQueue(async ({ sqs, url, send, receive, pass }) => {
    await send('a');
    const [first] = await receive();
    await pass(31_000);
    await receive();
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first?.ReceiptHandle }));
    await pass(31_000);
    return (await receive()).length === 1;
  }),
  'ADV-SQS-06': onQueue(async ({ sqs, url, send }) => {
    await send('a');
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    return Attributes?.['ApproximateNumberOfMessages'] !== '1';
  }),
  // Near 120,000 in flight, not at it: there a world without the permission refuses too.
  'ADV-SQS-07': onQueue(async ({ fill, receive }) => {
    await fill(118_800);
    return isRefused(receive(), 'OverLimit');
  }),
  'ADV-SQS-10': onQueue(async ({ sqs, url, send, receive }) => {
    await send('a');
    await sqs.send(new PurgeQueueCommand({ QueueUrl: url }));
    return (await receive()).length === 1;
  }),
  'ADV-SQS-11': onQueue(async ({ sqs, url }) => {
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: tenEntries }));
    return Failed.length > 0;
  }),
  'ADV-SQS-12': onQueue(async ({ sqs, url, send, receive }) => {
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { VisibilityTimeout: '0' } }));
    await send('a');
    await receive();
    return (await receive()).length === 0;
  }),
  'ADV-FIFO-03': onQueue(async ({ send, receive }) => {
    for (const group of ['a', 'b', 'c']) await send(group, group);
    return (await receive()).map(({ Body }) => Body).join('') !== 'abc';
  }, 'q.fifo'),
  'ADV-FIFO-04': onQueue(({ send }) => isRefused(send('a', 'g'), 'RequestThrottled'), 'q.fifo'),
};
