import {
  CreateTopicCommand,
  PublishCommand,
  SNSClient,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { client } from '../../index.ts';
import type { Stand } from '../../stand.fixture.ts';
import type { snsPermissions } from '../sns.ts';
import type { Sign } from './sign.fixture.ts';

interface TopicStand extends Stand {
  readonly sns: SNSClient;
  readonly subscriptionArn: string | undefined;
  readonly publish: (text: string) => Promise<unknown>;
  /** What lies in the subscribed queue, in the order in which it came. */
  readonly drain: () => Promise<readonly string[]>;
}

const policy = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage' }],
});

async function withTopic(stand: Stand): Promise<TopicStand> {
  const sns = client(stand.world, SNSClient);
  const sqs = client(stand.world, SQSClient);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 't' }));
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: 'q', Attributes: { Policy: policy, VisibilityTimeout: '43200' } }),
  );
  const { SubscriptionArn } = await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: 'arn:aws:sqs:us-east-1:000000000000:q',
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  return {
    ...stand,
    sns,
    subscriptionArn: SubscriptionArn,
    publish: (Message) => sns.send(new PublishCommand({ TopicArn, Message })),
    drain: async () => {
      const bodies: string[] = [];
      for (;;) {
        const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        if (Messages === undefined) return bodies;
        bodies.push(...Messages.map(({ Body = '' }) => Body));
      }
    },
  };
}

export const snsSigns: Readonly<Record<keyof typeof snsPermissions, Sign>> = {
  'ADV-SNS-01': async (stand) => {
    const { publish, drain, idle, clock } = await withTopic(stand);
    for (const text of ['1', '2', '3', '4']) await publish(text);
    const early = await drain();
    await idle(clock.epochMs() + 60_000);
    return [...early, ...(await drain())].join('') !== '1234';
  },
  'ADV-SNS-02': async (stand) => {
    const { publish, drain, idle } = await withTopic(stand);
    await publish('1');
    const early = await drain();
    await idle();
    return early.length === 0 && (await drain()).length === 1;
  },
  'ADV-SNS-04': async (stand) => {
    const { sns, subscriptionArn, publish, drain } = await withTopic(stand);
    const change = {
      SubscriptionArn: subscriptionArn,
      AttributeName: 'FilterPolicy',
      AttributeValue: '{"colour":["red"]}',
    };
    await sns.send(new SetSubscriptionAttributesCommand(change));
    await publish('1');
    return (await drain()).length === 1;
  },
};
