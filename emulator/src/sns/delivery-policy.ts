import type { Refuse } from './invalid-parameter.ts';
import type { HealthyRetryPolicy } from './retry-phases.ts';

/** What a topic or an HTTP subscription was given, after validation; absent members were not given. */
export interface DeliveryPolicy {
  readonly healthyRetryPolicy?: Partial<HealthyRetryPolicy>;
  readonly throttlePolicy?: { readonly maxReceivesPerSecond: number };
  readonly requestPolicy?: { readonly headerContentType: string };
  readonly disableSubscriptionOverrides?: boolean;
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html#creating-delivery-policy */
export const defaultRetryPolicy: HealthyRetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: 'linear',
};

const defaultContentType = 'text/plain; charset=UTF-8';

/** Upper bounds of the table on that page; the message of a value above them was seen in the wild. */
const bounds = {
  minDelayTarget: 3600,
  maxDelayTarget: 3600,
  numRetries: 100,
  numMaxDelayRetries: 100,
  numNoDelayRetries: 100,
  numMinDelayRetries: 100,
} as const;

const boundedNames = [
  'minDelayTarget',
  'maxDelayTarget',
  'numRetries',
  'numMaxDelayRetries',
  'numNoDelayRetries',
  'numMinDelayRetries',
] as const satisfies readonly (keyof typeof bounds)[];

const backoffFunctions = new Set(['arithmetic', 'exponential', 'geometric', 'linear']);

/** Parses `{"http":{"defaultHealthyRetryPolicy":…}}`. */
export function parseTopicDeliveryPolicy(document: unknown, refuse: Refuse): DeliveryPolicy {
  const [root] = takeObject(document, '', ['http'], refuse);
  const [retry, overrides, throttle, request] = takeObject(
    root,
    'http',
    [
      'defaultHealthyRetryPolicy',
      'disableSubscriptionOverrides',
      'defaultThrottlePolicy',
      'defaultRequestPolicy',
      'defaultSicklyRetryPolicy',
    ],
    refuse,
  );
  return {
    ...takePolicies({ retry, throttle, request, prefix: 'http.default', upper: true }, refuse),
    disableSubscriptionOverrides: overrides === true,
  };
}

/** Parses `{"healthyRetryPolicy":…}`. */
export function parseSubscriptionDeliveryPolicy(document: unknown, refuse: Refuse): DeliveryPolicy {
  const [retry, throttle, request] = takeObject(
    document,
    '',
    ['healthyRetryPolicy', 'throttlePolicy', 'requestPolicy', 'sicklyRetryPolicy', 'guaranteed'],
    refuse,
  );
  return takePolicies({ retry, throttle, request, prefix: '', upper: false }, refuse);
}

/** `DeliveryPolicy` as GetTopicAttributes shows it. */
export function renderTopicDeliveryPolicy(policy: DeliveryPolicy): string {
  return JSON.stringify({
    http: {
      defaultHealthyRetryPolicy: policy.healthyRetryPolicy,
      disableSubscriptionOverrides: policy.disableSubscriptionOverrides ?? false,
      defaultThrottlePolicy: policy.throttlePolicy,
      defaultRequestPolicy: policy.requestPolicy,
    },
  });
}

/** `EffectiveDeliveryPolicy` as GetTopicAttributes shows it. */
export function renderEffectiveTopicPolicy(policy: DeliveryPolicy | undefined): string {
  return JSON.stringify({
    http: {
      defaultHealthyRetryPolicy: { ...defaultRetryPolicy, ...policy?.healthyRetryPolicy },
      disableSubscriptionOverrides: policy?.disableSubscriptionOverrides ?? false,
      defaultThrottlePolicy: policy?.throttlePolicy,
      defaultRequestPolicy: policy?.requestPolicy ?? { headerContentType: defaultContentType },
    },
  });
}

/** `DeliveryPolicy` as GetSubscriptionAttributes shows it: what is not there is null. */
export function renderSubscriptionDeliveryPolicy(policy: DeliveryPolicy): string {
  const { healthyRetryPolicy } = policy;
  return renderForSubscription({
    ...policy,
    ...(healthyRetryPolicy && { healthyRetryPolicy: { ...defaultRetryPolicy, ...healthyRetryPolicy } }),
  });
}

/** How deliveries to an HTTP endpoint are made: the subscription's policy over the topic's over AWS's own. */
export function effectiveHttpPolicy(
  subscription: DeliveryPolicy | undefined,
  topic: DeliveryPolicy | undefined,
): DeliveryPolicy &
  Required<Pick<DeliveryPolicy, 'requestPolicy'>> & { readonly healthyRetryPolicy: HealthyRetryPolicy } {
  const own = topic?.disableSubscriptionOverrides === true ? undefined : subscription;
  const throttlePolicy = own?.throttlePolicy ?? topic?.throttlePolicy;
  return {
    healthyRetryPolicy: { ...defaultRetryPolicy, ...(own?.healthyRetryPolicy ?? topic?.healthyRetryPolicy) },
    ...(throttlePolicy && { throttlePolicy }),
    requestPolicy: own?.requestPolicy ?? topic?.requestPolicy ?? { headerContentType: defaultContentType },
  };
}

/** `EffectiveDeliveryPolicy` as GetSubscriptionAttributes shows it. */
export function renderForSubscription(policy: DeliveryPolicy): string {
  return JSON.stringify({
    healthyRetryPolicy: policy.healthyRetryPolicy ?? null,
    sicklyRetryPolicy: null,
    throttlePolicy: policy.throttlePolicy ?? null,
    requestPolicy: policy.requestPolicy ?? null,
    guaranteed: false,
  });
}

function takePolicies(
  given: {
    readonly retry: unknown;
    readonly throttle: unknown;
    readonly request: unknown;
    readonly prefix: string;
    readonly upper: boolean;
  },
  refuse: Refuse,
): DeliveryPolicy {
  const pathOf = (name: string) => given.prefix + (given.upper ? name.charAt(0).toUpperCase() + name.slice(1) : name);
  const healthyRetryPolicy = takeRetryPolicy(given.retry, pathOf('healthyRetryPolicy'), refuse);
  const [rate] = takeObject(given.throttle, pathOf('throttlePolicy'), ['maxReceivesPerSecond'], refuse);
  const [contentType] = takeObject(given.request, pathOf('requestPolicy'), ['headerContentType'], refuse);
  return {
    ...(healthyRetryPolicy && { healthyRetryPolicy }),
    ...(typeof rate === 'number' && { throttlePolicy: { maxReceivesPerSecond: rate } }),
    ...(typeof contentType === 'string' && { requestPolicy: { headerContentType: contentType } }),
  };
}

function takeRetryPolicy(given: unknown, path: string, refuse: Refuse): Partial<HealthyRetryPolicy> | undefined {
  if (given === undefined || given === null) return undefined;
  const [backoffFunction, ...values] = takeObject(given, path, ['backoffFunction', ...boundedNames], refuse);
  const policy: Record<string, number> = {};
  for (const [index, name] of boundedNames.entries()) {
    const value = values[index] ?? undefined;
    if (value === undefined) continue;
    if (typeof value !== 'number') throw refuse(`DeliveryPolicy: ${path}.${name} must be a number`);
    const max = bounds[name];
    if (value > max) throw refuse(`DeliveryPolicy: ${path}.${name} must be less than or equal to ${max}`);
    policy[name] = value;
  }
  if (backoffFunction === undefined || backoffFunction === null) return policy;
  if (typeof backoffFunction !== 'string' || !backoffFunctions.has(backoffFunction)) {
    throw refuse(`DeliveryPolicy: ${path}.backoffFunction`);
  }
  return { ...policy, backoffFunction };
}

/** The members of `value` in the order of `names`; any other member is an error. */
function takeObject(value: unknown, path: string, names: readonly string[], refuse: Refuse): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) throw refuse(`DeliveryPolicy: ${path} must be a JSON object`);
  const members = new Map<string, unknown>(Object.entries(value));
  for (const name of members.keys()) {
    if (!names.includes(name)) throw refuse(`DeliveryPolicy: Unexpected JSON member: ${name}`);
  }
  return names.map((name) => members.get(name));
}
