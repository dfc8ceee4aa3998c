import type { Operation } from '../../service.ts';
import { findSubscription } from '../find.ts';
import type { GetSubscriptionAttributesInput, GetSubscriptionAttributesResponse } from '../generated/shapes.ts';
import type { SnsState } from '../state.ts';
import { renderSubscriptionAttributes } from '../subscription-attributes.ts';

const getSubscriptionAttributes: Operation<
  GetSubscriptionAttributesInput,
  GetSubscriptionAttributesResponse,
  SnsState
> = {
  handle({ SubscriptionArn }, state) {
    return { Attributes: renderSubscriptionAttributes(findSubscription(state, SubscriptionArn)) };
  },
};

export default getSubscriptionAttributes;
