import { invalidParameter } from './invalid-parameter.ts';
import type { Refuse } from './invalid-parameter.ts';
import { parseTopicDeliveryPolicy, renderEffectiveTopicPolicy, renderTopicDeliveryPolicy } from './delivery-policy.ts';
import { parseJson } from './parse-json.ts';
import { isPolicy } from './topic-policy.ts';
import { snsQuotas } from '../quotas.ts';
import type { Topic } from './state.ts';

const feedbackEndpoints = ['HTTP', 'Firehose', 'Lambda', 'Application', 'SQS'];

/** Attributes that are kept as they are given. The lists are those of CreateTopic's page. */
const plainAttributes = new Set([
  'DisplayName',
  'KmsMasterKeyId',
  'TracingConfig',
  'SignatureVersion',
  'MaximumMessageSize',
  ...feedbackEndpoints.flatMap((endpoint) => [
    `${endpoint}SuccessFeedbackRoleArn`,
    `${endpoint}SuccessFeedbackSampleRate`,
    `${endpoint}FailureFeedbackRoleArn`,
  ]),
]);

const fifoAttributes = new Set(['ContentBasedDeduplication', 'FifoThroughputScope', 'ArchivePolicy']);

/** Above the default size a topic may have subscriptions of these protocols. */
const largeTopicProtocols = new Set(['sqs', 'lambda', 'firehose']);

/** Sets one attribute of a topic, new or old; `unknown` is what SNS says of a name it does not take. */
export function setTopicAttribute(
  topic: Topic,
  name: string,
  value: string,
  refuse: Refuse,
  unknown: () => Error,
): void {
  if (name === 'Policy') {
    // the words were seen in the wild; they are all that AWS says of a policy it cannot read
    if (!isPolicy(value)) throw refuse('Policy Error: null');
    topic.policy = value;
    return;
  }
  if (name === 'DeliveryPolicy') {
    topic.deliveryPolicy = value === '' ? undefined : parseTopicDeliveryPolicy(parseJson(value, name, refuse), refuse);
    return;
  }
  const known = plainAttributes.has(name) || (topic.fifo !== undefined && fifoAttributes.has(name));
  if (!known) throw unknown();
  checkValue(topic, name, value, refuse);
  topic.attributes.set(name, value);
}

/** All attributes as GetTopicAttributes answers them. */
export function renderTopicAttributes(topic: Topic): Record<string, string> {
  const confirmed = [...topic.subscriptions.values()].filter(({ confirmation }) => confirmation !== 'pending').length;
  return {
    TopicArn: topic.arn,
    Owner: topic.ownerId,
    Policy: topic.policy,
    DisplayName: '',
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(topic.subscriptions.size - confirmed),
    SubscriptionsDeleted: String(topic.subscriptionsDeleted),
    EffectiveDeliveryPolicy: renderEffectiveTopicPolicy(topic.deliveryPolicy),
    ...(topic.deliveryPolicy && { DeliveryPolicy: renderTopicDeliveryPolicy(topic.deliveryPolicy) }),
    ...(topic.fifo && { FifoTopic: 'true', ContentBasedDeduplication: 'false' }),
    ...Object.fromEntries(topic.attributes),
  };
}

/** The size up to which the topic takes messages. */
export function messageBytesMaxOf(topic: Topic): number {
  return Number(topic.attributes.get('MaximumMessageSize') ?? snsQuotas.messageBytesDefault);
}

/** Refuses a subscription that a topic for large messages cannot have. AWS documents the code, not the words. */
export function checkLargeTopic(topic: Topic, protocol: string): void {
  if (messageBytesMaxOf(topic) <= snsQuotas.messageBytesDefault) return;
  if (!largeTopicProtocols.has(protocol) || topic.subscriptions.size >= snsQuotas.largeTopicSubscriptionsMax) {
    throw invalidParameter('MaximumMessageSize');
  }
}

function checkValue(topic: Topic, name: string, value: string, refuse: Refuse): void {
  const allowed = enumerated[name];
  if (allowed !== undefined && !allowed.includes(value)) throw refuse(name);
  if (name !== 'MaximumMessageSize') return;
  const bytes = Number(value);
  if (!Number.isInteger(bytes) || bytes < snsQuotas.messageBytesMin || bytes > snsQuotas.messageBytesMax)
    throw refuse(name);
  if (bytes <= snsQuotas.messageBytesDefault) return;
  const fits = [...topic.subscriptions.values()].every(({ protocol }) => largeTopicProtocols.has(protocol));
  if (!fits || topic.subscriptions.size > snsQuotas.largeTopicSubscriptionsMax) throw refuse(name);
}

const enumerated: Readonly<Record<string, readonly string[]>> = {
  ContentBasedDeduplication: ['true', 'false'],
  FifoThroughputScope: ['Topic', 'MessageGroup'],
  SignatureVersion: ['1', '2'],
  TracingConfig: ['PassThrough', 'Active'],
};
