import type { Subscription as ListedSubscription } from './generated/shapes.ts';
import type { Subscription } from './state.ts';

/** A subscription as the lists show it: one that is not confirmed shows no ARN. */
export function renderListEntry({
  arn,
  ownerId,
  protocol,
  endpoint,
  topic,
  confirmation,
}: Subscription): ListedSubscription {
  return {
    SubscriptionArn: confirmation === 'pending' ? 'PendingConfirmation' : arn,
    Owner: ownerId,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topic.arn,
  };
}
