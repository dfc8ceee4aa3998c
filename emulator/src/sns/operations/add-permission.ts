import type { Operation } from '../../service.ts';
import { findTopic } from '../find.ts';
import type { AddPermissionInput } from '../generated/shapes.ts';
import type { SnsState } from '../state.ts';
import { addPermission as withPermission } from '../topic-policy.ts';

const addPermission: Operation<AddPermissionInput, object, SnsState> = {
  handle({ TopicArn, Label, AWSAccountId, ActionName }, state, { world }) {
    const topic = findTopic(state, world, TopicArn);
    topic.policy = withPermission(topic.policy, {
      topicArn: topic.arn,
      label: Label,
      accountIds: AWSAccountId,
      actions: ActionName,
    });
    return {};
  },
};

export default addPermission;
