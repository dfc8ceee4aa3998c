import type { Operation } from '../../service.ts';
import type { DeleteQueueInput } from '../generated/shapes.ts';
import { queueOf } from '../queue-url.ts';
import { deleteQueue } from '../queue.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueUrl }, state, context) => {
    const queue = queueOf(QueueUrl, state, context);
    const owner = queue.accountId === context.world.accountId ? state : state.ofAccount(queue.accountId);
    owner?.queues.delete(queue.name);
    deleteQueue(queue, context.world.clock.epochMs());
    return {};
  },
} satisfies Operation<DeleteQueueInput, Readonly<Record<string, never>>, SqsState>;
