import { CreateTopicCommand, PublishCommand, SubscribeCommand, UnsubscribeCommand } from '@aws-sdk/client-sns';
import { randomName } from '../name.ts';
import type { Core } from './core.ts';
import { encodeEnvelope } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { filterPolicy, subjectAttributes } from './filter.ts';
import { createFifoQueue, deleteQueue } from './queue.ts';

/** A queue and what feeds it. */
export interface Attachment {
  readonly queueUrl: string;
  readonly subscriptionArn: string;
}

/**
 * The ordered transport: an SNS FIFO topic whose subscriptions are SQS FIFO queues. The message group is the publisher,
 * so that order holds per publisher over all its subjects and one publisher does not wait for another.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-ordering.html
 */
export interface Topic {
  /** May be repeated: within five minutes the deduplication id drops the second. Not to overlap for one publisher. */
  readonly publish: (envelope: Envelope) => Promise<void>;
  readonly attach: (pattern: string) => Promise<Attachment>;
  readonly detach: (attachment: Attachment) => Promise<void>;
}

/** Makes the prefix's topic where it is missing. */
export async function openTopic(core: Core): Promise<Topic> {
  const { clients, retry } = core;
  const options = { abortSignal: core.signal };
  const { TopicArn } = await retry(() =>
    clients.sns.send(
      new CreateTopicCommand({
        Name: `${core.prefix}ordered.fifo`,
        Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'false', FifoThroughputScope: 'MessageGroup' },
      }),
      options,
    ),
  );
  if (TopicArn === undefined) throw new Error('CreateTopic answered without an ARN');
  return {
    publish: async (envelope) => {
      const command = publishCommand(TopicArn, envelope);
      await retry(() => clients.sns.send(command, options));
    },
    attach: (pattern) => attach(core, TopicArn, pattern),
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

async function attach(core: Core, topicArn: string, pattern: string): Promise<Attachment> {
  const { clients, retry } = core;
  const options = { abortSignal: core.signal };
  const QueueName = `${core.prefix}${randomName(core.random, 16)}.fifo`;
  const queueArn = [...topicArn.replace(':sns:', ':sqs:').split(':').slice(0, 5), QueueName].join(':');
  const queueUrl = await createFifoQueue(core, QueueName, sendPolicy(queueArn, topicArn));
  const policy = filterPolicy(pattern);
  const { SubscriptionArn } = await retry(() =>
    clients.sns.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: 'sqs',
        Endpoint: queueArn,
        ReturnSubscriptionArn: true,
        Attributes: {
          RawMessageDelivery: 'true',
          ...(policy !== undefined && { FilterPolicyScope: 'MessageAttributes', FilterPolicy: JSON.stringify(policy) }),
        },
      }),
      options,
    ),
  );
  if (SubscriptionArn === undefined) throw new Error('Subscribe answered without an ARN');
  return { queueUrl, subscriptionArn: SubscriptionArn };
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
