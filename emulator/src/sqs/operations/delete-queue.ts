import type { Operation } from '../../service.ts';
import type { DeleteQueueInput } from '../generated/shapes.ts';
import { queueOf } from '../queue-url.ts';
import { deleteQueue } from '../queue.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueUrl }, state, context) => {
    const queue = queueOf(QueueUrl, state, context);
    const owner = queue.accountId === context.world.accountId ? state : state.ofAccount(queue.accountId);
    const nowMs = context.world.clock.epochMs();
    owner?.queues.delete(queue.name);
    owner?.deleted.set(queue.name, nowMs);
    deleteQueue(queue, nowMs);
    return {};
  },
} satisfies Operation<DeleteQueueInput, Readonly<Record<string, never>>, SqsState>;
