import { later } from '../later.ts';
import type { DeliveryResult, World } from '../service.ts';
import { deliverTo, sqsDelivery } from './deliver-to.ts';
import { effectiveHttpPolicy } from './delivery-policy.ts';
import { httpDelays, managedEndpointDelays } from './retry-phases.ts';
import type { RetryDelays } from './retry-phases.ts';
import type { SnsDelivery, Subscription } from './state.ts';

/**
 * How many attempts in a row may find an endpoint unavailable. A message would be lost only to an outage of 23 days,
 * which no page grants AWS's own endpoints.
 */
const outages = [0, 1, 4, 12];

/**
 * Makes the first attempt, unless an earlier message of the same FIFO group is still being tried: then it waits for its
 * turn. Retries follow the endpoint's policy on the world's clock; after the last one, or an error that AWS does not
 * retry, the message goes to the dead-letter queue if there is one.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
export async function startDelivery(world: World, delivery: SnsDelivery): Promise<void> {
  const { published, subscription } = delivery;
  const groupId = published.topic.fifo === undefined ? undefined : (published.message.groupId ?? '');
  if (groupId === undefined) return attempt(world, delivery, startRetries(world, delivery), () => undefined);
  const { waiting } = subscription;
  const lane = waiting.get(groupId);
  if (lane !== undefined) {
    lane.push(delivery);
    return undefined;
  }
  waiting.set(groupId, []);
  return attempt(world, delivery, startRetries(world, delivery), () => takeNext(world, subscription, groupId));
}

/** The state of one delivery's retries. */
interface Retries {
  readonly delays: Iterator<number>;
  /** Attempts that are yet to find the endpoint unavailable. */
  outage: number;
}

function startRetries(world: World, { subscription, key }: SnsDelivery): Retries {
  const outage = outages[world.choose('ADV-SNS-02', key, outages.length)] ?? 0;
  return { delays: delaysFor(subscription)[Symbol.iterator](), outage };
}

async function attempt(
  world: World,
  delivery: SnsDelivery,
  retries: Retries,
  done: () => Promise<void> | undefined,
): Promise<void> {
  const result = await tryOnce(world, delivery, retries);
  if (!result.ok && result.retryable) {
    const next = retries.delays.next();
    if (next.done !== true) {
      later(world, next.value, () => attempt(world, delivery, retries, done), `sns ${delivery.key}`);
      return;
    }
  }
  if (!result.ok) await deadLetter(world, delivery);
  await done();
}

async function tryOnce(
  world: World,
  { published, subscription }: SnsDelivery,
  retries: Retries,
): Promise<DeliveryResult> {
  // a subscription that has ended gets nothing more
  if (!subscription.topic.subscriptions.has(subscription.arn)) return { ok: true };
  if (retries.outage > 0) {
    retries.outage -= 1;
    return { ok: false, retryable: true, code: 'ServiceUnavailable', message: 'the endpoint is unavailable' };
  }
  return deliverTo(world, published, subscription);
}

async function takeNext(world: World, subscription: Subscription, groupId: string): Promise<void> {
  const next = subscription.waiting.get(groupId)?.shift();
  if (next === undefined) {
    subscription.waiting.delete(groupId);
    return;
  }
  await attempt(world, next, startRetries(world, next), () => takeNext(world, subscription, groupId));
}

function delaysFor({ protocol, settings, topic }: Subscription): RetryDelays {
  if (protocol !== 'http' && protocol !== 'https') return managedEndpointDelays();
  return httpDelays(effectiveHttpPolicy(settings.deliveryPolicy, topic.deliveryPolicy).healthyRetryPolicy);
}

async function deadLetter(world: World, { published, subscription }: SnsDelivery): Promise<void> {
  const target = subscription.settings.redrivePolicy?.deadLetterTargetArn;
  if (target === undefined) return;
  await world.deliver(sqsDelivery(published, subscription, target));
}
