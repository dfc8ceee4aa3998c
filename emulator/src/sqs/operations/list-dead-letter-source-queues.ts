import type { Operation } from '../../service.ts';
import type { ListDeadLetterSourceQueuesInput, ListDeadLetterSourceQueuesOutput } from '../generated/shapes.ts';
import { page } from '../page.ts';
import { queueOf, queueUrl } from '../queue-url.ts';
import { parseRedrivePolicy } from '../redrive-policy.ts';
import type { SqsState } from '../state.ts';

export default {
  handle: ({ QueueUrl, MaxResults, NextToken }, state, context) => {
    const target = queueOf(QueueUrl, state, context);
    const urls = [...state.queues.values()]
      .filter(({ arn, attributes }) => {
        const policy = attributes.get('RedrivePolicy');
        return policy !== undefined && parseRedrivePolicy(policy, arn).deadLetterTargetArn === target.arn;
      })
      .map((queue) => queueUrl(queue, context));
    const { items, nextToken } = page(urls, { MaxResults, NextToken });
    return { queueUrls: items, NextToken: nextToken };
  },
} satisfies Operation<ListDeadLetterSourceQueuesInput, ListDeadLetterSourceQueuesOutput, SqsState>;
