import type { Operation } from '../../service.ts';
import { findTopic } from '../find.ts';
import type { GetTopicAttributesInput, GetTopicAttributesResponse } from '../generated/shapes.ts';
import type { SnsState } from '../state.ts';
import { renderTopicAttributes } from '../topic-attributes.ts';

const getTopicAttributes: Operation<GetTopicAttributesInput, GetTopicAttributesResponse, SnsState> = {
  handle({ TopicArn }, state, { world }) {
    return { Attributes: renderTopicAttributes(findTopic(state, world, TopicArn)) };
  },
};

export default getTopicAttributes;
