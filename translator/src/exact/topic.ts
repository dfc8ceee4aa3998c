import { CreateTopicCommand, PublishCommand, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { isAwsError } from '../aws-error.ts';
import { PayloadTooLargeError } from '../errors.ts';
import { randomName } from '../name.ts';
import type { Core } from './core.ts';
import { encodeEnvelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { filterPolicy, subjectAttributes } from './filter.ts';
import { partBytesMax } from './parts.ts';
import { createFifoQueue, deleteQueue } from './queue.ts';
import type { Shards } from './shards.ts';

/** A queue and what feeds it. */
export interface Attachment {
  readonly queueUrl: string;
  /** Which of the topics. */
  readonly shard: number;
  readonly subscriptionArn: string;
}

/**
 * The ordered transport: SNS FIFO topics whose subscriptions are SQS FIFO queues. The message group is the publisher, so
 * that order holds per publisher over all its subjects and one publisher does not wait for another. A topic has a
 * hundred subscriptions at most; beyond that there are more topics, and each message is published to all of them.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-ordering.html
 */
export interface Topic {
  /** May be repeated: within five minutes the deduplication id drops the second. Not to overlap for one publisher. */
  readonly publish: (envelope: Envelope) => Promise<void>;
  readonly attach: (pattern: string) => Promise<Attachment>;
  readonly detach: (attachment: Attachment) => Promise<void>;
}

/** Makes the prefix's first topic where it is missing. */
export async function openTopic(core: Core, shards: Shards): Promise<Topic> {
  const { clients, retry, hedge, signal } = core;
  const first = await makeTopic(core, 0);
  const arn = (shard: number): string => first.replace(topicName(core, 0), topicName(core, shard));
  return {
    publish: async (envelope) => {
      const { byteLength } = envelope.payload;
      if (byteLength > partBytesMax) throw new PayloadTooLargeError(byteLength, partBytesMax);
      const count = await shards.count();
      await Promise.all(
        Array.from({ length: count }, (_, shard) => {
          const command = publishCommand(arn(shard), envelope);
          return hedge(() => retry(() => clients.sns.send(command, { abortSignal: signal })));
        }),
      );
    },
    attach: async (pattern) => {
      for (let tries = 0; tries < attachTriesMax; tries += 1) {
        const shard = await shards.take((made) => makeTopic(core, made));
        const attachment = await attach(core, arn(shard), pattern);
        if (attachment !== undefined) {
          await shards.known(shard);
          return { ...attachment, shard };
        }
        await shards.fill(shard);
      }
      throw new Error(`no topic took '${pattern}' in ${attachTriesMax} tries`);
    },
    detach: async (attachment) => {
      await detach(core, attachment);
      await shards.give(attachment.shard);
    },
  };
}

const attachTriesMax = 10;

function topicName({ prefix }: Core, shard: number): string {
  return `${prefix}ordered${shard === 0 ? '' : `-${shard}`}.fifo`;
}

async function makeTopic(core: Core, shard: number): Promise<string> {
  const command = new CreateTopicCommand({
    Name: topicName(core, shard),
    Attributes: {
      FifoTopic: 'true',
      ContentBasedDeduplication: 'false',
      FifoThroughputScope: 'MessageGroup',
      MaximumMessageSize: '1048576',
    },
  });
  const { TopicArn } = await core.retry(() => core.clients.sns.send(command, { abortSignal: core.signal }));
  if (TopicArn === undefined) throw new Error('CreateTopic answered without an ARN');
  return TopicArn;
}

function publishCommand(TopicArn: string, envelope: Envelope): PublishCommand {
  const { count, tokens } = subjectAttributes(envelope.subject);
  return new PublishCommand({
    TopicArn,
    Message: encodeEnvelope(envelope),
    MessageGroupId: envelope.publisher,
    MessageDeduplicationId: `${envelope.publisher}-${envelope.sequence}`,
    MessageAttributes: {
      n: { DataType: 'Number', StringValue: String(count) },
      ...Object.fromEntries(
        Object.entries(tokens).map(([name, token]) => [name, { DataType: 'String', StringValue: token }]),
      ),
    },
  });
}

/** `undefined` where the topic has no room. */
async function attach(core: Core, topicArn: string, pattern: string): Promise<Omit<Attachment, 'shard'> | undefined> {
  const { clients, retry } = core;
  const options = { abortSignal: core.signal };
  const QueueName = `${core.prefix}${randomName(core.random, 16)}.fifo`;
  const queueArn = [...topicArn.replace(':sns:', ':sqs:').split(':').slice(0, 5), QueueName].join(':');
  const queueUrl = await createFifoQueue(core, QueueName, sendPolicy(queueArn, topicArn));
  const policy = filterPolicy(pattern);
  const command = new SubscribeCommand({
    TopicArn: topicArn,
    Protocol: 'sqs',
    Endpoint: queueArn,
    ReturnSubscriptionArn: true,
    Attributes: {
      RawMessageDelivery: 'true',
      ...(policy !== undefined && { FilterPolicyScope: 'MessageAttributes', FilterPolicy: JSON.stringify(policy) }),
    },
  });
  try {
    const { SubscriptionArn } = await retry(() => clients.sns.send(command, options));
    if (SubscriptionArn === undefined) throw new Error('Subscribe answered without an ARN');
    return { queueUrl, subscriptionArn: SubscriptionArn };
  } catch (error) {
    if (!isAwsError(error, 'SubscriptionLimitExceeded', 'SubscriptionLimitExceededException')) throw error;
    await deleteQueue(core, queueUrl);
    return undefined;
  }
}

/** Lets the topic, and nothing else, send to the queue. */
function sendPolicy(queueArn: string, topicArn: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
      },
    ],
  });
}

async function detach(core: Core, { queueUrl, subscriptionArn }: Attachment): Promise<void> {
  const { clients, retry } = core;
  const options = { abortSignal: core.signal };
  await retry(() => clients.sns.send(new UnsubscribeCommand({ SubscriptionArn: subscriptionArn }), options));
  await deleteQueue(core, queueUrl);
}
