import { CreateTopicCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { isAwsError } from '../aws-error.ts';
import { mappingOf } from './mapping.ts';
import type { DesignOptions } from './options.ts';
import { eventDetail } from './wire.ts';
import type { Outgoing } from './wire.ts';

/** Whether subjects of the root go over the topic of broadcasts. */
export function isFannedOut({ fixes, mapping }: DesignOptions, root: string | undefined): boolean {
  return mapping === undefined && root === 'broadcast' && fixes.has('fan-out');
}

/** Publishes to the topic what an event would have been, with the detail type as an attribute to filter by. */
export function createFanOut(options: DesignOptions): (message: Outgoing, signal: AbortSignal) => Promise<void> {
  const { clients, fixes, mapping } = options;
  let topic: Promise<string> | undefined;
  return async (message, signal) => {
    topic ??= makeTopic(options).catch((error: unknown) => {
      topic = undefined;
      throw error;
    });
    const { source, detailType } = mappingOf(fixes, mapping).encode(message.subject);
    const command = new PublishCommand({
      TopicArn: await topic,
      Message: `{"source":${JSON.stringify(source)},"detail-type":${JSON.stringify(detailType)},"detail":${eventDetail(message, options)}}`,
      MessageAttributes: { type: { DataType: 'String', StringValue: detailType } },
    });
    await clients.sns.send(command, { abortSignal: signal });
  };
}

/**
 * Subscribes a queue to what the filter asks for; resolves to the subscription's ARN. Where a topic has the 200 filter
 * policies it takes, the queue gets everything, and its receiver filters by the subject.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
export async function subscribeQueue(
  options: DesignOptions,
  { queueArn, pattern }: { readonly queueArn: string | undefined; readonly pattern: string },
): Promise<string> {
  const { clients, deploying, fixes, mapping } = options;
  const TopicArn = await makeTopic(options);
  const types = mappingOf(fixes, mapping).rule(pattern)['detail-type'];
  const subscribe = async (filter: Readonly<Record<string, string>>): Promise<string> => {
    const command = new SubscribeCommand({
      TopicArn,
      Protocol: 'sqs',
      Endpoint: queueArn,
      ReturnSubscriptionArn: true,
      Attributes: { RawMessageDelivery: 'true', ...filter },
    });
    const { SubscriptionArn } = await deploying(() => clients.sns.send(command));
    if (SubscriptionArn === undefined) throw new Error('Subscribe answered without an ARN');
    return SubscriptionArn;
  };
  try {
    return await subscribe(types === undefined ? {} : { FilterPolicy: JSON.stringify({ type: types }) });
  } catch (error) {
    const isFull = isAwsError(error, 'FilterPolicyLimitExceeded', 'FilterPolicyLimitExceededException');
    if (!isFull || !fixes.has('subject')) throw error;
    return subscribe({});
  }
}

/** The deployment's topic; where it is there, its ARN. */
async function makeTopic({ clients, prefix, deploying }: DesignOptions): Promise<string> {
  const command = new CreateTopicCommand({ Name: `${prefix}broadcast` });
  const { TopicArn } = await deploying(() => clients.sns.send(command));
  if (TopicArn === undefined) throw new Error('CreateTopic answered without an ARN');
  return TopicArn;
}
