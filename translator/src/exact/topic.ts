import { PublishCommand, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { isAwsError } from '../aws-error.ts';
import { PayloadTooLargeError } from '../errors.ts';
import { randomName } from '../name.ts';
import type { Core } from './core.ts';
import { encodeEnvelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { filterPolicy, subjectAttributes } from './filter.ts';
import { partBytesMax } from './parts.ts';
import { createFifoQueue, deleteQueue } from './queue.ts';
import type { Setup } from './setup.ts';
import type { Place } from './shards.ts';

/** A queue and what feeds it. */
export interface Attachment extends Place {
  readonly queueUrl: string;
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

export function createTopic(core: Core, setup: Setup): Topic {
  const { clients, retry, hedge, signal } = core;
  return {
    publish: async (envelope) => {
      const { byteLength } = envelope.payload;
      if (byteLength > partBytesMax) throw new PayloadTooLargeError(byteLength, partBytesMax);
      const count = await setup.shards.count();
      await Promise.all(
        Array.from({ length: count }, (_, shard) => {
          const command = publishCommand(setup.topicArn(shard), envelope);
          return hedge(() => retry(() => clients.sns.send(command, { abortSignal: signal })));
        }),
      );
    },
    attach: (pattern) => attach(core, setup, pattern),
    detach: (attachment) => detach(core, attachment),
  };
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

async function attach(core: Core, { topicArn, shards }: Setup, pattern: string): Promise<Attachment> {
  const QueueName = `${core.prefix}${randomName(core.random, 16)}.fifo`;
  const region = topicArn(0).replace(':sns:', ':sqs:').split(':').slice(0, 5);
  const queueArn = [...region, QueueName].join(':');
  const queueUrl = await createFifoQueue(core, QueueName, sendPolicy(queueArn, topicArn(0)));
  const place = await shards.place((shard) => feed(core, { topicArn: topicArn(shard), queueArn, pattern }));
  return { queueUrl, ...place };
}

/**
 * What a topic with all the subscriptions it takes answers; the last two where it takes large messages.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/large-message-payloads.html
 */
const fullCodes = [
  'SubscriptionLimitExceeded',
  'SubscriptionLimitExceededException',
  'InvalidParameter',
  'InvalidParameterException',
] as const;

/** `undefined` where the topic has no room. */
async function feed(
  { clients, retry, signal }: Core,
  { topicArn, queueArn, pattern }: { readonly topicArn: string; readonly queueArn: string; readonly pattern: string },
): Promise<string | undefined> {
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
    const { SubscriptionArn } = await retry(() => clients.sns.send(command, { abortSignal: signal }));
    if (SubscriptionArn === undefined) throw new Error('Subscribe answered without an ARN');
    return SubscriptionArn;
  } catch (error) {
    if (isAwsError(error, ...fullCodes)) return undefined;
    throw error;
  }
}

/** Lets the topics of the prefix, and nothing else, send to the queue. */
function sendPolicy(queueArn: string, firstTopicArn: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnLike: { 'aws:SourceArn': firstTopicArn.replace(/\.fifo$/, '*.fifo') } },
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
