import type { Operation } from '../../service.ts';
import { findTopic } from '../find.ts';
import type { PublishBatchInput, PublishBatchResponse, PublishBatchResultEntry } from '../generated/shapes.ts';
import { checkBatchEntries } from '../message.ts';
import { acceptBatch, publishMessage } from '../publish.ts';
import type { SnsState } from '../state.ts';

/** One bad entry refuses the whole batch: recorded. */
const publishBatch: Operation<PublishBatchInput, PublishBatchResponse, SnsState> = {
  async handle({ TopicArn, PublishBatchRequestEntries }, state, { world, traceHeader }) {
    const topic = findTopic(state, world, TopicArn);
    checkBatchEntries(PublishBatchRequestEntries.map(({ Id }) => Id));
    const messages = acceptBatch(topic, PublishBatchRequestEntries);
    const Successful: PublishBatchResultEntry[] = [];
    for (const [index, { Id }] of PublishBatchRequestEntries.entries()) {
      const message = messages[index];
      if (message !== undefined) Successful.push({ Id, ...(await publishMessage(world, topic, message, traceHeader)) });
    }
    return { Successful, Failed: [] };
  },
};

export default publishBatch;
