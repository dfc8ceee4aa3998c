import type { Operation } from '../../service.ts';
import { checkFilterPolicies } from '../check-filter-policies.ts';
import { findSubscription } from '../find.ts';
import type { SetSubscriptionAttributesInput } from '../generated/shapes.ts';
import { invalidParameter, refuseAlone } from '../invalid-parameter.ts';
import type { SnsState } from '../state.ts';
import { keepFormerFilter, setSubscriptionAttribute } from '../subscription-attributes.ts';

const setSubscriptionAttributes: Operation<SetSubscriptionAttributesInput, object, SnsState> = {
  handle({ SubscriptionArn, AttributeName, AttributeValue }, state, { world }) {
    const subscription = findSubscription(state, SubscriptionArn);
    const { settings, endpoint, topic } = subscription;
    const former = settings.filterPolicy;
    if (AttributeName === 'FilterPolicy' && former === undefined) checkFilterPolicies(topic);
    setSubscriptionAttribute(settings, AttributeName, AttributeValue ?? '', {
      endpoint,
      fifoTopic: topic.fifo !== undefined,
      refuse: refuseAlone,
      unknown: () => invalidParameter('AttributeName'),
    });
    if (settings.filterPolicy !== former) keepFormerFilter(world, subscription, former);
    return {};
  },
};

export default setSubscriptionAttributes;
