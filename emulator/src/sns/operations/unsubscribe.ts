import type { Operation } from '../../service.ts';
import { requireArn } from '../arn.ts';
import type { UnsubscribeInput } from '../generated/shapes.ts';
import { invalidParameter } from '../invalid-parameter.ts';
import type { SnsState } from '../state.ts';
import { askForConfirmation, endSubscription } from '../subscribe.ts';

/** Ending what has ended is no error: recorded. */
const unsubscribe: Operation<UnsubscribeInput, object, SnsState> = {
  handle({ SubscriptionArn }, state, { world }) {
    if (!requireArn(SubscriptionArn, 'SubscriptionArn').resource.includes(':'))
      throw invalidParameter('SubscriptionId');
    const subscription = state.subscriptions.get(SubscriptionArn);
    if (subscription === undefined) return {};
    endSubscription(state, subscription);
    if (subscription.confirmation !== 'pending') {
      askForConfirmation(state, world, subscription, 'UnsubscribeConfirmation');
    }
    return {};
  },
};

export default unsubscribe;
