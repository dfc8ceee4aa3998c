import type { Operation } from '../../service.ts';
import type { ListTagsRequest, ListTagsResponse } from '../generated/shapes.ts';
import type { LambdaState } from '../state.ts';
import { findTags } from '../tags.ts';

const listTags: Operation<ListTagsRequest, ListTagsResponse, LambdaState> = {
  handle({ Resource }, state, { world }) {
    return { Tags: Object.fromEntries(findTags(state, world, Resource)) };
  },
};

export default listTags;
