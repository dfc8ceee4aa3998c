import type { Pattern } from '../patterns/compile-pattern.ts';
import type { RuleSet } from '../patterns/index.ts';
import type { DeliveryPolicy } from './delivery-policy.ts';
import type { FifoLog } from './fifo-log.ts';
import type { Message } from './message.ts';

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

/** A filter policy that passed validation. */
export interface FilterPolicy {
  readonly text: string;
  readonly scope: FilterScope;
  readonly branches: Pattern['branches'];
  /** Of this policy alone. */
  readonly rules: () => RuleSet;
}

/** A message that a topic has accepted, on its way to the subscriptions. */
export interface Published {
  readonly messageId: string;
  readonly topic: Topic;
  readonly message: Message;
  readonly sequenceNumber?: string;
  /** The id it is deduplicated by, for FIFO topics. */
  readonly deduplicationId?: string;
  readonly timestampMs: number;
  readonly traceHeader?: string;
  /** The topic's when the message was accepted: a signature is made when somebody reads it. */
  readonly signatureVersion: string;
  /** What all subscriptions with the same text of the message share, by that text. */
  readonly envelopes: Map<string, Envelope>;
}

/** A notification but for the URL that tells the subscription. */
export interface Envelope {
  /** Up to the signature. */
  readonly opening: string;
  /** After the URL. */
  readonly closing: string;
  /** In UTF-8, with the signature and without the URL. */
  readonly bytes: number;
  /** Made when it is first asked for. */
  readonly signature: () => NotificationSignature;
  readonly isSigned: boolean;
  /** That it holds nothing which SQS refuses. */
  readonly isPlain: boolean;
}

export interface NotificationSignature {
  readonly SignatureVersion: string;
  readonly Signature: string;
  readonly SigningCertURL: string;
}

/** One message on its way to one subscription. */
export interface SnsDelivery {
  readonly published: Published;
  readonly subscription: Subscription;
  /** What liberties with it are keyed by. */
  readonly key: string;
}

export function createSnsState(): SnsState {
  return { topics: new Map(), subscriptions: new Map(), tokens: new Map() };
}
