import type { Operation } from '../../service.ts';
import type { TagResourceRequest } from '../generated/shapes.ts';
import type { LambdaState } from '../state.ts';
import { changeTags } from '../tags.ts';

const tagResource: Operation<TagResourceRequest, object, LambdaState> = {
  handle({ Resource, Tags }, state, { world }) {
    changeTags(state, world, Resource, { added: Tags });
    return {};
  },
};

export default tagResource;
