import { later } from '../later.ts';
import type { World } from '../service.ts';
import { startDelivery } from './delivery.ts';
import { acceptsMessage } from './filtering.ts';
import type { Published, SnsDelivery } from './state.ts';

/** How late a copy of a standard topic's message may come; long enough to be overtaken. AWS names no bound. */
const latenessMs = [1000, 30_000];

/**
 * Hands a message to every subscription whose filter lets it pass, and returns once each has been tried once. Later
 * attempts are the clock's.
 */
export async function fanOut(world: World, published: Published): Promise<void> {
  const { topic } = published;
  const ordinal = topic.published;
  topic.published += 1;
  const nowMs = world.clock.epochMs();
  const attempts: Promise<void>[] = [];
  for (const subscription of topic.subscriptions.values()) {
    if (subscription.confirmation === 'pending') continue;
    if (!acceptsMessage(subscription, published.message, nowMs)) continue;
    const key = `${topic.arn}/${subscription.endpoint}/${ordinal}`;
    startDeliveries(world, { published, subscription, key }, attempts);
  }
  await Promise.all(attempts);
}

/**
 * A standard topic delivers at least once and in any order; a FIFO topic does neither.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/welcome-features.html
 */
function startDeliveries(world: World, delivery: SnsDelivery, attempts: Promise<void>[]): void {
  const { published, key } = delivery;
  const liberty = published.topic.fifo === undefined ? world.choose('ADV-SNS-01', key, 4) : 0;
  const late = latenessMs[liberty - 2];
  if (late === undefined) attempts.push(startDelivery(world, delivery));
  else later(world, late, () => startDelivery(world, delivery), `sns ${key}`);
  if (liberty === 1) attempts.push(startDelivery(world, { ...delivery, key: `${key}/again` }));
}
