import type { Operation } from '../../service.ts';
import type { DeleteMessageInput } from '../generated/shapes.ts';
import { deleteMessage } from '../lease.ts';
import { queueOf } from '../queue-url.ts';
import { throttleFifo } from '../send.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueUrl, ReceiptHandle }, state, context) => {
    const queue = queueOf(QueueUrl, state, context);
    throttleFifo(queue, 'DeleteMessage', context.world);
    deleteMessage(queue, ReceiptHandle, state, context.world);
    return {};
  },
} satisfies Operation<DeleteMessageInput, Readonly<Record<string, never>>, SqsState>;
