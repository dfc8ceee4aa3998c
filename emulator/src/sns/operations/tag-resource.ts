import type { Operation } from '../../service.ts';
import { findTaggable } from '../find.ts';
import type { TagResourceRequest, TagResourceResponse } from '../generated/shapes.ts';
import type { SnsState } from '../state.ts';
import { putTags } from '../tags.ts';

const tagResource: Operation<TagResourceRequest, TagResourceResponse, SnsState> = {
  handle({ ResourceArn, Tags }, state, { world }) {
    putTags(findTaggable(state, world, ResourceArn).tags, Tags);
    return {};
  },
};

export default tagResource;
