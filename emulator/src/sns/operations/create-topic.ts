import type { Operation } from '../../service.ts';
import { createTopic as create } from '../create-topic.ts';
import type { CreateTopicInput, CreateTopicResponse } from '../generated/shapes.ts';
import type { SnsState } from '../state.ts';

const createTopic: Operation<CreateTopicInput, CreateTopicResponse, SnsState> = {
  handle({ Name, Attributes, Tags, DataProtectionPolicy }, state, context) {
    const topic = create(state, context, {
      name: Name,
      attributes: Attributes ?? {},
      tags: Tags ?? [],
      dataProtectionPolicy: DataProtectionPolicy,
    });
    return { TopicArn: topic.arn };
  },
};

export default createTopic;
