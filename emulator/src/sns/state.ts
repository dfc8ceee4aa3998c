import type { SnsDelivery } from './delivery.ts';
import type { DeliveryPolicy } from './delivery-policy.ts';
import type { FilterPolicy } from './filter-policy.ts';
import type { FifoLog } from './fifo-log.ts';

/** What SNS knows of one account. */
export interface SnsState {
  readonly topics: Map<string, Topic>;
  readonly subscriptions: Map<string, Subscription>;
  /** Confirmation tokens, by what they confirm. */
  readonly tokens: Map<string, Subscription>;
}

export interface Topic {
  readonly arn: string;
  readonly ownerId: string;
  /** The base URL it was created through: where its notifications say to unsubscribe. */
  readonly endpoint: string;
  /** Set for a FIFO topic. */
  readonly fifo?: FifoLog;
  /** Attributes as they were given, but for the policy documents. */
  readonly attributes: Map<string, string>;
  policy: string;
  deliveryPolicy?: DeliveryPolicy | undefined;
  dataProtectionPolicy?: string | undefined;
  readonly tags: Map<string, string>;
  /** In the order of their creation. */
  readonly subscriptions: Map<string, Subscription>;
  subscriptionsDeleted: number;
  /** Numbers the messages of the topic, as keys of the liberties taken with them. */
  published: number;
}

export interface Subscription {
  readonly arn: string;
  readonly topic: Topic;
  readonly protocol: string;
  readonly endpoint: string;
  readonly ownerId: string;
  readonly principal: string;
  confirmation: 'pending' | 'unauthenticated' | 'authenticated';
  readonly settings: SubscriptionSettings;
  /** Deliveries of a FIFO topic that wait for one before them, by message group. */
  readonly waiting: Map<string, SnsDelivery[]>;
}

export interface SubscriptionSettings {
  rawMessageDelivery: boolean;
  filterPolicyScope: FilterScope;
  filterPolicy?: FilterPolicy | undefined;
  /** What filters until a change has taken effect, and until when. */
  formerFilter?: { readonly policy: FilterPolicy | undefined; readonly untilMs: number } | undefined;
  redrivePolicy?: { readonly text: string; readonly deadLetterTargetArn: string } | undefined;
  deliveryPolicy?: DeliveryPolicy | undefined;
  subscriptionRoleArn?: string | undefined;
}

export type FilterScope = 'MessageAttributes' | 'MessageBody';

export function createSnsState(): SnsState {
  return { topics: new Map(), subscriptions: new Map(), tokens: new Map() };
}
