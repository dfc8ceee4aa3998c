import type { Operation } from '../../service.ts';
import { findTagged } from '../find.ts';
import type { TagResourceRequest, TagResourceResponse } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';
import { setTags } from '../tags.ts';

export default {
  handle: ({ ResourceARN, Tags }, state) => {
    setTags(findTagged(state, ResourceARN).tags, Tags);
    return {};
  },
} satisfies Operation<TagResourceRequest, TagResourceResponse, EventsState>;
