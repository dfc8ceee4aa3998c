import type { Operation } from '../../service.ts';
import type { ListSubscriptionsInput, ListSubscriptionsResponse } from '../generated/shapes.ts';
import { renderListEntry } from '../list-entry.ts';
import { pageOf } from '../page.ts';
import type { SnsState } from '../state.ts';

const listSubscriptions: Operation<ListSubscriptionsInput, ListSubscriptionsResponse, SnsState> = {
  handle({ NextToken }, state) {
    const { page, ...rest } = pageOf([...state.subscriptions.values()], NextToken);
    return { Subscriptions: page.map(renderListEntry), ...rest };
  },
};

export default listSubscriptions;
