import type { Operation } from '../../service.ts';
import { findTopic } from '../find.ts';
import type { SubscribeInput, SubscribeResponse } from '../generated/shapes.ts';
import type { SnsState } from '../state.ts';
import { askForConfirmation, subscribe as addSubscription } from '../subscribe.ts';

const subscribe: Operation<SubscribeInput, SubscribeResponse, SnsState> = {
  caveat: 'messages reach sqs, lambda, http and https; email, sms, firehose and application are taken and lead nowhere',
  handle({ TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn }, state, { world }) {
    const topic = findTopic(state, world, TopicArn);
    const known = topic.subscriptions.size;
    const subscription = addSubscription(state, world, {
      topic,
      protocol: Protocol,
      endpoint: Endpoint,
      attributes: Attributes ?? {},
    });
    const pending = subscription.confirmation === 'pending';
    if (pending && topic.subscriptions.size > known) {
      askForConfirmation(state, world, subscription, 'SubscriptionConfirmation');
    }
    return { SubscriptionArn: pending && ReturnSubscriptionArn !== true ? 'pending confirmation' : subscription.arn };
  },
};

export default subscribe;
