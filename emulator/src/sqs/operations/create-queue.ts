import type { Operation } from '../../service.ts';
import type { CreateQueueInput, CreateQueueOutput } from '../generated/shapes.ts';
import { queueUrl } from '../queue-url.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueName }, { queues }, context) => {
    const { accountId, clock, region } = context.world;
    if (!queues.has(QueueName)) {
      const arn = `arn:aws:sqs:${region}:${accountId}:${QueueName}`;
      queues.set(QueueName, { name: QueueName, arn, createdMs: clock.epochMs() });
    }
    return { QueueUrl: queueUrl(QueueName, context) };
  },
} satisfies Operation<CreateQueueInput, CreateQueueOutput, SqsState>;
