import type { Operation } from '../../service.ts';
import { requireArn } from '../arn.ts';
import type { DeleteTopicInput } from '../generated/shapes.ts';
import { invalidParameter } from '../invalid-parameter.ts';
import type { SnsState } from '../state.ts';

/** Deleting what is not there is no error: recorded. */
const deleteTopic: Operation<DeleteTopicInput, object, SnsState> = {
  handle({ TopicArn }, state, { world }) {
    if (requireArn(TopicArn, 'TopicArn').region !== world.region) throw invalidParameter('TopicArn');
    const topic = state.topics.get(TopicArn);
    if (topic === undefined) return {};
    state.topics.delete(TopicArn);
    for (const arn of topic.subscriptions.keys()) state.subscriptions.delete(arn);
    topic.subscriptions.clear();
    return {};
  },
};

export default deleteTopic;
