import type { Operation } from '../../service.ts';
import { findTaggable } from '../find.ts';
import type { UntagResourceRequest, UntagResourceResponse } from '../generated/shapes.ts';
import type { SnsState } from '../state.ts';

const untagResource: Operation<UntagResourceRequest, UntagResourceResponse, SnsState> = {
  handle({ ResourceArn, TagKeys }, state, { world }) {
    const { tags } = findTaggable(state, world, ResourceArn);
    for (const key of TagKeys) tags.delete(key);
    return {};
  },
};

export default untagResource;
