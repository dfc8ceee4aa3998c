import type { Operation } from '../../service.ts';
import type { ChangeMessageVisibilityInput } from '../generated/shapes.ts';
import { changeVisibility } from '../lease.ts';
import { queueOf } from '../queue-url.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueUrl, ReceiptHandle, VisibilityTimeout }, state, context) => {
    const queue = queueOf(QueueUrl, state, context);
    changeVisibility(queue, { handle: ReceiptHandle, seconds: VisibilityTimeout }, state, context.world);
    return {};
  },
} satisfies Operation<ChangeMessageVisibilityInput, Readonly<Record<string, never>>, SqsState>;
