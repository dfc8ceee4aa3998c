import { putOwn } from '../codecs/json.ts';
import { onceInARow } from '../once.ts';
import type { Delivery, DeliveryAttribute, DeliveryResult, World } from '../service.ts';
import { effectiveHttpPolicy } from './delivery-policy.ts';
import { postToEndpoint } from './http-endpoint.ts';
import type { Message } from './message.ts';
import { bodyFor, lateNotification, renderLambdaEvent, renderNotification } from './notification.ts';
import { isFifoName } from './protocols.ts';
import type { Published, Subscription } from './state.ts';

/** One attempt to deliver a message to the endpoint of a subscription. */
export async function deliverTo(
  world: World,
  published: Published,
  subscription: Subscription,
): Promise<DeliveryResult> {
  switch (subscription.protocol) {
    case 'sqs':
      return world.deliver(sqsDelivery(published, subscription, subscription.endpoint));
    case 'lambda':
      return world.deliver({
        targetArn: subscription.endpoint,
        sourceArn: published.topic.arn,
        principal: 'sns.amazonaws.com',
        body: renderLambdaEvent(published, subscription),
        invocation: 'event',
      });
    case 'http':
    case 'https':
      return postNotification(published, subscription);
    default:
      return { ok: true };
  }
}

/** The message as it goes to a queue, the subscription's or its dead-letter queue. */
export function sqsDelivery(published: Published, subscription: Subscription, targetArn: string): Delivery {
  const { message, topic } = published;
  const raw = subscription.settings.rawMessageDelivery;
  const fifoQueue = isFifoName(targetArn);
  // recorded: a group id goes from a standard topic to a standard queue, and from FIFO to FIFO, but not from FIFO to standard
  const groupId = fifoQueue === (topic.fifo !== undefined) ? message.groupId : undefined;
  return {
    targetArn,
    sourceArn: topic.arn,
    principal: 'sns.amazonaws.com',
    body: raw ? bodyFor(message, subscription.protocol) : lateNotification(published, subscription),
    ...(raw && { attributes: queueAttributes(message) }),
    ...(published.traceHeader !== undefined && { traceHeader: published.traceHeader }),
    ...(groupId !== undefined && { messageGroupId: groupId }),
    ...(fifoQueue && published.deduplicationId !== undefined && { messageDeduplicationId: published.deduplicationId }),
  };
}

/** The same for each queue of the topic: they follow one another. */
const queueAttributes = onceInARow((message: Message): Readonly<Record<string, DeliveryAttribute>> => {
  const attributes: Record<string, DeliveryAttribute> = {};
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(message.attributes)) {
    putOwn(attributes, name, {
      dataType: DataType,
      ...(StringValue !== undefined && { stringValue: StringValue }),
      ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
    });
  }
  return attributes;
});

async function postNotification(published: Published, subscription: Subscription): Promise<DeliveryResult> {
  const { topic, message, messageId } = published;
  const raw = subscription.settings.rawMessageDelivery;
  const result = await postToEndpoint({
    url: subscription.endpoint,
    body: raw ? bodyFor(message, subscription.protocol) : renderNotification(published, subscription),
    contentType: effectiveHttpPolicy(subscription.settings.deliveryPolicy, topic.deliveryPolicy).requestPolicy
      .headerContentType,
    messageType: 'Notification',
    messageId,
    topicArn: topic.arn,
    subscriptionArn: subscription.arn,
    raw,
  });
  if (result.ok) return result;
  return { ...result, code: 'EndpointError', message: `no success from '${subscription.endpoint}'` };
}
