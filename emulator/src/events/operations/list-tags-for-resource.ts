import type { Operation } from '../../service.ts';
import { findTagged } from '../find.ts';
import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ ResourceARN }, state) => ({
    Tags: [...findTagged(state, ResourceARN).tags].map(([Key, Value]) => ({ Key, Value })),
  }),
} satisfies Operation<ListTagsForResourceRequest, ListTagsForResourceResponse, EventsState>;
