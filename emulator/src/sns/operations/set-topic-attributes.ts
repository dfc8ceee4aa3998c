import type { Operation } from '../../service.ts';
import { findTopic } from '../find.ts';
import type { SetTopicAttributesInput } from '../generated/shapes.ts';
import { invalidParameter, refuseAlone } from '../invalid-parameter.ts';
import type { SnsState } from '../state.ts';
import { setTopicAttribute } from '../topic-attributes.ts';

const setTopicAttributes: Operation<SetTopicAttributesInput, object, SnsState> = {
  handle({ TopicArn, AttributeName, AttributeValue }, state, { world }) {
    const topic = findTopic(state, world, TopicArn);
    setTopicAttribute(topic, AttributeName, AttributeValue ?? '', refuseAlone, () => invalidParameter('AttributeName'));
    return {};
  },
};

export default setTopicAttributes;
