import type { Permission } from './permission.ts';

/** What may happen to any call of any service; chosen at the door. */
export const faultPermissions = {
  'FAULT-throttling': {
    page: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html',
    sentence: 'Requests that are throttled are answered with an error and may be sent again',
    rate: 0.02,
  },
  'FAULT-internal': {
    page: 'https://docs.aws.amazon.com/general/latest/gr/api-retries.html',
    sentence: 'An error 5xx says nothing about the request; the caller should send it again',
    rate: 0.02,
  },
  'FAULT-lost-answer': {
    page: 'https://docs.aws.amazon.com/wellarchitected/latest/framework/rel_prevent_interaction_failure_idempotent.html',
    sentence: 'A caller that got no answer cannot tell whether its request had its effect',
    rate: 0.02,
  },
} as const satisfies Record<string, Permission>;
