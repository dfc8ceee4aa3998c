import type { Operation } from '../../service.ts';
import type { ListQueuesInput, ListQueuesOutput } from '../generated/shapes.ts';
import { page } from '../page.ts';
import { queueUrl } from '../queue-url.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueNamePrefix = '', MaxResults, NextToken }, { queues }, context) => {
    const urls = [...queues.values()]
      .filter(({ name }) => name.startsWith(QueueNamePrefix))
      .map((queue) => queueUrl(queue, context));
    const { items, nextToken } = page(urls, { MaxResults, NextToken });
    return { ...(items.length > 0 && { QueueUrls: items }), NextToken: nextToken };
  },
} satisfies Operation<ListQueuesInput, ListQueuesOutput, SqsState>;
