import type { Operation } from '../../service.ts';
import { findTopic } from '../find.ts';
import type { RemovePermissionInput } from '../generated/shapes.ts';
import type { SnsState } from '../state.ts';
import { removePermission as withoutPermission } from '../topic-policy.ts';

const removePermission: Operation<RemovePermissionInput, object, SnsState> = {
  handle({ TopicArn, Label }, state, { world }) {
    const topic = findTopic(state, world, TopicArn);
    topic.policy = withoutPermission(topic.policy, Label);
    return {};
  },
};

export default removePermission;
