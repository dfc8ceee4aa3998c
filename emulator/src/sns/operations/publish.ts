import type { Operation } from '../../service.ts';
import { findTopic } from '../find.ts';
import type { PublishInput, PublishResponse } from '../generated/shapes.ts';
import { invalidParameter } from '../invalid-parameter.ts';
import { acceptMessage, publishMessage } from '../publish.ts';
import type { SnsState } from '../state.ts';

/** To topics only: phones and push endpoints are not there, and AWS says so of those that are not. */
const publish: Operation<PublishInput, PublishResponse, SnsState> = {
  async handle(input, state, { world, traceHeader }) {
    const { TopicArn, TargetArn, PhoneNumber } = input;
    if (PhoneNumber !== undefined) {
      throw invalidParameter(`PhoneNumber Reason: ${PhoneNumber} is not valid to publish to`);
    }
    if (TopicArn === undefined && TargetArn === undefined) {
      throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
    }
    if (TopicArn === undefined && TargetArn?.includes(':endpoint/') === true) {
      throw invalidParameter('TargetArn Reason: No endpoint found for the target arn specified');
    }
    const topic = findTopic(state, world, TopicArn ?? TargetArn, TopicArn === undefined ? 'TargetArn' : 'TopicArn');
    return publishMessage(world, topic, acceptMessage(topic, input), traceHeader);
  },
};

export default publish;
