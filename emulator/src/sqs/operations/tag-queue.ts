import { sqsQuotas } from '../../quotas.ts';
import type { Operation } from '../../service.ts';
import { invalidParameter } from '../errors.ts';
import type { TagQueueInput } from '../generated/shapes.ts';
import { queueOf } from '../queue-url.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueUrl, Tags }, state, context) => {
    const { tags } = queueOf(QueueUrl, state, context);
    const merged = new Map([...tags, ...Object.entries(Tags)]);
    if (merged.size > sqsQuotas.tagsMax) throw invalidParameter(`Too many tags added for queue ${QueueUrl}.`);
    for (const [key, value] of Object.entries(Tags)) tags.set(key, value);
    return {};
  },
} satisfies Operation<TagQueueInput, Readonly<Record<string, never>>, SqsState>;
