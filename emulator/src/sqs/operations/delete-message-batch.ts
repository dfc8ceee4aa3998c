import type { Operation } from '../../service.ts';
import { checkBatch, eachEntry } from '../batch.ts';
import type { DeleteMessageBatchInput, DeleteMessageBatchOutput } from '../generated/shapes.ts';
import { deleteMessage } from '../lease.ts';
import { queueOf } from '../queue-url.ts';
import { throttleFifo } from '../send.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueUrl, Entries }, state, context) => {
    const { world } = context;
    const queue = queueOf(QueueUrl, state, context);
    throttleFifo(queue, 'DeleteMessageBatch', world);
    const entries = checkBatch(Entries, 'DeleteMessageBatchRequestEntry');
    return eachEntry(queue, entries, world, ({ Id, ReceiptHandle }) => {
      deleteMessage(queue, ReceiptHandle, state, world);
      return { Id };
    });
  },
} satisfies Operation<DeleteMessageBatchInput, Partial<DeleteMessageBatchOutput>, SqsState>;
