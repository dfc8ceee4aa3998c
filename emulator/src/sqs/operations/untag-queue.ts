import type { Operation } from '../../service.ts';
import type { UntagQueueInput } from '../generated/shapes.ts';
import { queueOf } from '../queue-url.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueUrl, TagKeys }, state, context) => {
    const { tags } = queueOf(QueueUrl, state, context);
    for (const key of TagKeys) tags.delete(key);
    return {};
  },
} satisfies Operation<UntagQueueInput, Readonly<Record<string, never>>, SqsState>;
