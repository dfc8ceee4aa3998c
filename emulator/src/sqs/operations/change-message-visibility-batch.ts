import type { Operation } from '../../service.ts';
import { checkBatch, eachEntry } from '../batch.ts';
import type { ChangeMessageVisibilityBatchInput, ChangeMessageVisibilityBatchOutput } from '../generated/shapes.ts';
import { changeVisibility } from '../lease.ts';
import { queueOf } from '../queue-url.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueUrl, Entries }, state, context) => {
    const queue = queueOf(QueueUrl, state, context);
    const entries = checkBatch(Entries, 'ChangeMessageVisibilityBatchRequestEntry');
    return eachEntry(queue, entries, context.world, ({ Id, ReceiptHandle, VisibilityTimeout = 0 }) => {
      changeVisibility(queue, { handle: ReceiptHandle, seconds: VisibilityTimeout }, state, context.world);
      return { Id };
    });
  },
} satisfies Operation<ChangeMessageVisibilityBatchInput, Partial<ChangeMessageVisibilityBatchOutput>, SqsState>;
