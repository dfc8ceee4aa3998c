import type { Operation } from '../../service.ts';
import { findTaggable } from '../find.ts';
import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '../generated/shapes.ts';
import type { SnsState } from '../state.ts';
import { renderTags } from '../tags.ts';

const listTagsForResource: Operation<ListTagsForResourceRequest, ListTagsForResourceResponse, SnsState> = {
  handle({ ResourceArn }, state, { world }) {
    return { Tags: renderTags(findTaggable(state, world, ResourceArn).tags) };
  },
};

export default listTagsForResource;
