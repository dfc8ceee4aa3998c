import type { Operation } from '../../service.ts';
import { queueDoesNotExist } from '../errors.ts';
import type { GetQueueUrlInput, GetQueueUrlOutput } from '../generated/shapes.ts';
import { queueUrl } from '../queue-url.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueName, QueueOwnerAWSAccountId }, state, context) => {
    const isOwn = QueueOwnerAWSAccountId === undefined || QueueOwnerAWSAccountId === context.world.accountId;
    const owner = isOwn ? state : state.ofAccount(QueueOwnerAWSAccountId);
    const queue = owner?.queues.get(QueueName);
    if (queue === undefined) throw queueDoesNotExist();
    return { QueueUrl: queueUrl(queue, context) };
  },
} satisfies Operation<GetQueueUrlInput, GetQueueUrlOutput, SqsState>;
