import type { Operation } from '../../service.ts';
import type { UntagResourceRequest } from '../generated/shapes.ts';
import type { LambdaState } from '../state.ts';
import { findTags } from '../tags.ts';

const untagResource: Operation<UntagResourceRequest, object, LambdaState> = {
  handle({ Resource, TagKeys }, state, { world }) {
    const tags = findTags(state, world, Resource);
    for (const key of TagKeys) tags.delete(key);
    return {};
  },
};

export default untagResource;
