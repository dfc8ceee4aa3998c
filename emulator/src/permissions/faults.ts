import type { Permission } from './permission.ts';

/** What may happen to any call of any service; chosen at the door. */
export const faultPermissions = {
  'FAULT-throttling': {
    page: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html',
    sentence: 'Requests that are throttled are answered with an error and may be sent again',
    reading: 'not-reread',
    rate: 0.02,
  },
  'FAULT-internal': {
    page: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html',
    sentence: 'The server encountered an internal error trying to fulfill the request.',
    reading: 'api-model',
    rate: 0.02,
  },
  'FAULT-lost-answer': {
    page: 'https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html',
    sentence:
      'For functions with a long timeout, your client might disconnect during synchronous invocation while it waits for a response.',
    reading: 'api-model',
    rate: 0.02,
  },
} as const satisfies Record<string, Permission>;
