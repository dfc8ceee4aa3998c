import type { Operation } from '../../service.ts';
import type { ListQueueTagsInput, ListQueueTagsOutput } from '../generated/shapes.ts';
import { queueOf } from '../queue-url.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueUrl }, state, context) => {
    const { tags } = queueOf(QueueUrl, state, context);
    return tags.size === 0 ? {} : { Tags: Object.fromEntries(tags) };
  },
} satisfies Operation<ListQueueTagsInput, ListQueueTagsOutput, SqsState>;
