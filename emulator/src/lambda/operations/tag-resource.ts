import type { Operation } from '../../service.ts';
import type { TagResourceRequest } from '../generated/shapes.ts';
import type { LambdaState } from '../state.ts';
import { findTags } from '../tags.ts';

const tagResource: Operation<TagResourceRequest, object, LambdaState> = {
  handle({ Resource, Tags }, state, { world }) {
    const tags = findTags(state, world, Resource, Tags);
    for (const [key, value] of Object.entries(Tags)) tags.set(key, value);
    return {};
  },
};

export default tagResource;
