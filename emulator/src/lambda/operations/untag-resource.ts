import type { Operation } from '../../service.ts';
import type { UntagResourceRequest } from '../generated/shapes.ts';
import type { LambdaState } from '../state.ts';
import { changeTags } from '../tags.ts';

const untagResource: Operation<UntagResourceRequest, object, LambdaState> = {
  handle({ Resource, TagKeys }, state, { world }) {
    changeTags(state, world, Resource, { removed: TagKeys });
    return {};
  },
};

export default untagResource;
