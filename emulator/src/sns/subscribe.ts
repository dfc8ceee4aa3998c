import { later } from '../later.ts';
import { AwsError } from '../errors.ts';
import { snsQuotas } from '../quotas.ts';
import type { World } from '../service.ts';
import { hex, uuid } from '../ids.ts';
import { postToEndpoint } from './http-endpoint.ts';
import { invalidParameter, refuseInMap } from './invalid-parameter.ts';
import { renderConfirmation } from './notification.ts';
import { checkFilterPolicies } from './check-filter-policies.ts';
import { checkEndpoint, isConfirmedAtOnce, isFifoName } from './protocols.ts';
import type { SnsState, Subscription, SubscriptionSettings, Topic } from './state.ts';
import { defaultSettings, renderSubscriptionAttributes, setSubscriptionAttribute } from './subscription-attributes.ts';
import { checkLargeTopic } from './topic-attributes.ts';

/** Recorded: confirmation tokens are so long. */
const tokenDigits = 288;

/** What Subscribe takes, the topic found. */
export interface SubscribeRequest {
  readonly topic: Topic;
  readonly protocol: string;
  readonly endpoint: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
}

/**
 * The subscription of an endpoint to a topic, which there is once: asked for again it is the same, unless it is asked
 * for with other attributes.
 */
export function subscribe(state: SnsState, world: World, request: SubscribeRequest): Subscription {
  const { topic, protocol, attributes } = request;
  const endpoint = checkEndpoint(protocol, request.endpoint);
  checkFifo(topic, protocol, endpoint);
  const settings = parseSettings(topic, endpoint, attributes);
  const existing = [...topic.subscriptions.values()].find(
    (subscription) => subscription.protocol === protocol && subscription.endpoint === endpoint,
  );
  if (existing !== undefined) {
    if (!agrees(existing, settings, Object.keys(attributes))) {
      throw refuseInMap('Subscription already exists with different attributes');
    }
    return existing;
  }
  checkRoom(topic, protocol, settings);
  const subscription: Subscription = {
    arn: `${topic.arn}:${uuid(world.random)}`,
    topic,
    protocol,
    endpoint,
    ownerId: world.accountId,
    principal: `arn:aws:iam::${world.accountId}:user/parallax`,
    confirmation: isConfirmedAtOnce(protocol) ? 'authenticated' : 'pending',
    settings,
    waiting: new Map(),
  };
  topic.subscriptions.set(subscription.arn, subscription);
  state.subscriptions.set(subscription.arn, subscription);
  return subscription;
}

/** Asks an HTTP endpoint to confirm: it gets a token that ConfirmSubscription takes. Nobody waits for its answer. */
export function askForConfirmation(
  state: SnsState,
  world: World,
  subscription: Subscription,
  type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation',
): void {
  const token = hex(world.random, tokenDigits);
  state.tokens.set(token, subscription);
  if (subscription.protocol !== 'http' && subscription.protocol !== 'https') return;
  const messageId = uuid(world.random);
  const body = renderConfirmation(subscription, { type, messageId, token, timestampMs: world.clock.epochMs() });
  later(world, 0, async () => {
    await postToEndpoint({
      url: subscription.endpoint,
      body,
      contentType: 'text/plain; charset=UTF-8',
      messageType: type,
      messageId,
      topicArn: subscription.topic.arn,
      ...(type === 'UnsubscribeConfirmation' && { subscriptionArn: subscription.arn }),
    });
  });
}

/** Ends a subscription; what is still on its way to it is dropped. */
export function endSubscription(state: SnsState, subscription: Subscription): void {
  subscription.topic.subscriptions.delete(subscription.arn);
  state.subscriptions.delete(subscription.arn);
  if (subscription.confirmation !== 'pending') subscription.topic.subscriptionsDeleted += 1;
}

/** AWS names the codes and the limits; the words are those of the codes in its reference. */
function checkRoom(topic: Topic, protocol: string, { filterPolicy }: SubscriptionSettings): void {
  checkLargeTopic(topic, protocol);
  if (topic.fifo !== undefined && topic.subscriptions.size >= snsQuotas.fifoTopicSubscriptionsMax) {
    throw new AwsError('SubscriptionLimitExceeded', 'Subscription limit exceeded', { status: 403 });
  }
  if (filterPolicy !== undefined) checkFilterPolicies(topic);
}

/** Recorded: a standard topic takes no FIFO queue, a FIFO topic takes both. Other protocols: AWS's page, not its words. */
function checkFifo(topic: Topic, protocol: string, endpoint: string): void {
  if (topic.fifo === undefined && protocol === 'sqs' && isFifoName(endpoint)) {
    throw invalidParameter(
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    );
  }
  if (topic.fifo !== undefined && protocol !== 'sqs') {
    throw invalidParameter('Invalid parameter: Endpoint Reason: Please use FIFO SQS queue');
  }
}

function parseSettings(
  topic: Topic,
  endpoint: string,
  attributes: Readonly<Record<string, string>>,
): SubscriptionSettings {
  const settings = defaultSettings();
  const names = Object.keys(attributes).sort(
    (a, b) => Number(b === 'FilterPolicyScope') - Number(a === 'FilterPolicyScope'),
  );
  for (const name of names) {
    setSubscriptionAttribute(settings, name, attributes[name] ?? '', {
      endpoint,
      fifoTopic: topic.fifo !== undefined,
      refuse: refuseInMap,
      unknown: () => refuseInMap(`Unknown attribute ${name}`),
    });
  }
  return settings;
}

/** Whether the attributes that were named are what the subscription has. */
function agrees(existing: Subscription, settings: SubscriptionSettings, names: readonly string[]): boolean {
  const has = renderSubscriptionAttributes(existing);
  const asked = renderSubscriptionAttributes({ ...existing, settings });
  if (names.includes('FilterPolicyScope') && existing.settings.filterPolicyScope !== settings.filterPolicyScope) {
    return false;
  }
  return names.every((name) => has[name] === asked[name]);
}
