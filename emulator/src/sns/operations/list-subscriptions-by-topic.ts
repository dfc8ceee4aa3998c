import type { Operation } from '../../service.ts';
import { findTopic } from '../find.ts';
import type { ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse } from '../generated/shapes.ts';
import { renderListEntry } from '../list-entry.ts';
import { pageOf } from '../page.ts';
import type { SnsState } from '../state.ts';

const listSubscriptionsByTopic: Operation<ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse, SnsState> = {
  handle({ TopicArn, NextToken }, state, { world }) {
    const { subscriptions } = findTopic(state, world, TopicArn);
    const { page, ...rest } = pageOf([...subscriptions.values()], NextToken);
    return { Subscriptions: page.map(renderListEntry), ...rest };
  },
};

export default listSubscriptionsByTopic;
