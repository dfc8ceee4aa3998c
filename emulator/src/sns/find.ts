import { AwsError } from '../errors.ts';
import type { World } from '../service.ts';
import { requireArn } from './arn.ts';
import { invalidParameter, subscriptionNotFound, topicNotFound } from './invalid-parameter.ts';
import type { SnsState, Subscription, Topic } from './state.ts';

/** The topic that the caller names, if there is one here; `parameter` is what AWS calls a malformed name's place. */
export function findTopic(state: SnsState, world: World, arn: string | undefined, parameter = 'TopicArn'): Topic {
  const known = arn === undefined ? undefined : state.topics.get(arn);
  if (known !== undefined) return known;
  const { service, region, accountId } = requireArn(arn, parameter);
  if (service !== 'sns' || region !== world.region) throw invalidParameter(parameter);
  if (accountId !== world.accountId) throw notAuthorized(arn ?? '');
  throw topicNotFound();
}

/** The subscription of that ARN. */
export function findSubscription(state: SnsState, arn: string | undefined): Subscription {
  const subscription = arn === undefined ? undefined : state.subscriptions.get(arn);
  if (subscription !== undefined) return subscription;
  requireArn(arn, 'SubscriptionArn');
  throw subscriptionNotFound();
}

/** The topic whose tags the caller asks for. */
export function findTaggable(state: SnsState, world: World, arn: string): Topic {
  const { service, region } = requireArn(arn, 'ResourceArn');
  if (service !== 'sns' || region !== world.region) throw invalidParameter('ResourceArn');
  const topic = state.topics.get(arn);
  if (topic === undefined) throw new AwsError('ResourceNotFound', 'Resource does not exist', { status: 404 });
  return topic;
}

/** Worlds share nothing: no policy of another account's topic can be looked at, let alone allow something. */
function notAuthorized(arn: string): AwsError {
  return new AwsError('AuthorizationError', `not authorized to perform the operation on resource: ${arn}`, {
    status: 403,
  });
}
