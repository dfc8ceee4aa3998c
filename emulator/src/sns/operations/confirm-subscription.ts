import type { Operation } from '../../service.ts';
import { AwsError } from '../../errors.ts';
import { parseArn } from '../arn.ts';
import type { ConfirmSubscriptionInput, ConfirmSubscriptionResponse } from '../generated/shapes.ts';
import { invalidParameter } from '../invalid-parameter.ts';
import type { SnsState } from '../state.ts';

/** Recorded: the topic need only be of this Region, the token says it all; confirming again is fine. */
const confirmSubscription: Operation<ConfirmSubscriptionInput, ConfirmSubscriptionResponse, SnsState> = {
  handle({ TopicArn, Token, AuthenticateOnUnsubscribe }, state, { world }) {
    if (parseArn(TopicArn)?.region !== world.region) throw invalidParameter('Topic');
    if (!/^[0-9a-f]+$/.test(Token)) throw new AwsError('InvalidParameter', 'Invalid token');
    const subscription = state.tokens.get(Token);
    if (subscription === undefined) throw invalidParameter('Token');
    if (subscription.confirmation === 'pending') {
      subscription.confirmation = AuthenticateOnUnsubscribe === 'true' ? 'authenticated' : 'unauthenticated';
    }
    // the token of an unsubscribe confirmation brings the subscription back
    if (state.topics.get(subscription.topic.arn) === subscription.topic) {
      subscription.topic.subscriptions.set(subscription.arn, subscription);
      state.subscriptions.set(subscription.arn, subscription);
    }
    return { SubscriptionArn: subscription.arn };
  },
};

export default confirmSubscription;
