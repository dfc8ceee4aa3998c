import type { Operation } from '../../service.ts';
import { findTagged } from '../find.ts';
import type { UntagResourceRequest, UntagResourceResponse } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ ResourceARN, TagKeys }, state) => {
    const { tags } = findTagged(state, ResourceARN);
    for (const key of TagKeys) tags.delete(key);
    return {};
  },
} satisfies Operation<UntagResourceRequest, UntagResourceResponse, EventsState>;
