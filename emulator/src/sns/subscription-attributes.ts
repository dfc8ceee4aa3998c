import type { World } from '../service.ts';
import { parseArn } from './arn.ts';
import {
  effectiveHttpPolicy,
  parseSubscriptionDeliveryPolicy,
  renderForSubscription,
  renderSubscriptionDeliveryPolicy,
} from './delivery-policy.ts';
import { compileFilterPolicy } from './filter-policy.ts';
import type { Refuse } from './invalid-parameter.ts';
import { parseJson } from './parse-json.ts';
import { isFifoName } from './protocols.ts';
import type { FilterScope, Subscription, SubscriptionSettings } from './state.ts';

/** Settings of a subscription that was given none. */
export function defaultSettings(): SubscriptionSettings {
  return { rawMessageDelivery: false, filterPolicyScope: 'MessageAttributes' };
}

/** What a setting depends on beside its value. */
export interface SettingContext {
  readonly endpoint: string;
  readonly fifoTopic: boolean;
  readonly refuse: Refuse;
  /** What SNS says of a name it does not take. */
  readonly unknown: () => Error;
}

/** Sets one attribute of a subscription. */
export function setSubscriptionAttribute(
  settings: SubscriptionSettings,
  name: string,
  value: string,
  context: SettingContext,
): void {
  const { refuse } = context;
  switch (name) {
    case 'RawMessageDelivery':
      settings.rawMessageDelivery = parseBoolean(name, value, refuse);
      return;
    case 'FilterPolicyScope':
      settings.filterPolicyScope = parseScope(value, refuse);
      if (settings.filterPolicy === undefined) return;
      settings.filterPolicy = compileFilterPolicy(settings.filterPolicy.text, settings.filterPolicyScope, refuse);
      return;
    case 'FilterPolicy':
      settings.filterPolicy = value === '' ? undefined : compileFilterPolicy(value, settings.filterPolicyScope, refuse);
      return;
    case 'RedrivePolicy':
      settings.redrivePolicy = value === '' ? undefined : parseRedrivePolicy(value, context);
      return;
    case 'DeliveryPolicy':
      settings.deliveryPolicy =
        value === '' ? undefined : parseSubscriptionDeliveryPolicy(parseJson(value, name, refuse), refuse);
      return;
    case 'SubscriptionRoleArn':
      settings.subscriptionRoleArn = value;
      return;
    default:
      throw context.unknown();
  }
}

/** Time by which a change of filter policy has taken effect everywhere; AWS says up to 15 minutes. */
const filterChangeMs = [0, 60_000, 300_000, 900_000];

/**
 * Lets the filter that was in force go on for as long as the world chooses.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html
 */
export function keepFormerFilter(
  world: World,
  subscription: Subscription,
  former: SubscriptionSettings['filterPolicy'],
): void {
  const { settings, topic, endpoint } = subscription;
  const key = `${topic.arn}/${endpoint}/${topic.published}`;
  const delayMs = filterChangeMs[world.choose('ADV-SNS-04', key, filterChangeMs.length)] ?? 0;
  settings.formerFilter = delayMs === 0 ? undefined : { policy: former, untilMs: world.clock.epochMs() + delayMs };
}

/** All attributes as GetSubscriptionAttributes answers them. */
export function renderSubscriptionAttributes(subscription: Subscription): Record<string, string> {
  const { settings, topic, protocol } = subscription;
  const http = protocol === 'http' || protocol === 'https';
  const { filterPolicy, redrivePolicy, deliveryPolicy, subscriptionRoleArn } = settings;
  return {
    SubscriptionArn: subscription.arn,
    TopicArn: topic.arn,
    Protocol: protocol,
    Endpoint: subscription.endpoint,
    Owner: subscription.ownerId,
    SubscriptionPrincipal: subscription.principal,
    PendingConfirmation: String(subscription.confirmation === 'pending'),
    ConfirmationWasAuthenticated: String(subscription.confirmation === 'authenticated'),
    RawMessageDelivery: String(settings.rawMessageDelivery),
    ...(filterPolicy && { FilterPolicy: filterPolicy.text, FilterPolicyScope: filterPolicy.scope }),
    ...(redrivePolicy && { RedrivePolicy: redrivePolicy.text }),
    ...(deliveryPolicy && { DeliveryPolicy: renderSubscriptionDeliveryPolicy(deliveryPolicy) }),
    ...(http && {
      EffectiveDeliveryPolicy: renderForSubscription(effectiveHttpPolicy(deliveryPolicy, topic.deliveryPolicy)),
    }),
    ...(subscriptionRoleArn !== undefined && { SubscriptionRoleArn: subscriptionRoleArn }),
  };
}

function parseBoolean(name: string, value: string, refuse: Refuse): boolean {
  const lower = value.toLowerCase();
  if (lower !== 'true' && lower !== 'false') throw refuse(`${name}: Invalid value [${value}]. Must be true or false.`);
  return lower === 'true';
}

function parseScope(value: string, refuse: Refuse): FilterScope {
  if (value === 'MessageBody' || value === 'MessageAttributes') return value;
  throw refuse(`FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`);
}

function parseRedrivePolicy(text: string, { refuse, fifoTopic, endpoint }: SettingContext) {
  const document = parseJson(text, 'RedrivePolicy', refuse);
  const target =
    typeof document === 'object' && document !== null && 'deadLetterTargetArn' in document
      ? document.deadLetterTargetArn
      : undefined;
  if (typeof target !== 'string' || parseArn(target)?.service !== 'sqs') {
    throw refuse('RedrivePolicy: deadLetterTargetArn is an invalid arn');
  }
  if (fifoTopic && isFifoName(endpoint) && !isFifoName(target)) {
    throw refuse('RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.');
  }
  return { text, deadLetterTargetArn: target };
}
