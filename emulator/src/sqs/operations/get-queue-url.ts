import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import type { GetQueueUrlInput, GetQueueUrlOutput } from '../generated/shapes.ts';
import { queueUrl } from '../queue-url.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueName }, { queues }, context) => {
    if (!queues.has(QueueName)) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return { QueueUrl: queueUrl(QueueName, context) };
  },
} satisfies Operation<GetQueueUrlInput, GetQueueUrlOutput, SqsState>;
