import { AwsError } from '../errors.ts';

/** The error SNS answers for nearly everything it refuses; `detail` follows "Invalid parameter: ". */
export function invalidParameter(detail: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${detail}`);
}

/** Refuses the value of an attribute. Subscribe and CreateTopic name the map as the culprit, the setters the attribute. */
export type Refuse = (detail: string) => AwsError;

/** `Invalid parameter: Attributes Reason: …`, as Subscribe and CreateTopic say it. */
export const refuseInMap: Refuse = (detail) => invalidParameter(`Attributes Reason: ${detail}`);

/** `Invalid parameter: …`, as SetTopicAttributes and SetSubscriptionAttributes say it. */
export const refuseAlone: Refuse = invalidParameter;

export function topicNotFound(): AwsError {
  return new AwsError('NotFound', 'Topic does not exist', { status: 404 });
}

export function subscriptionNotFound(): AwsError {
  return new AwsError('NotFound', 'Subscription does not exist', { status: 404 });
}
