import type { Permission } from './permission.ts';

const guide = 'https://docs.aws.amazon.com/lambda/latest/dg';

/**
 * What the Lambda pages permit. Not choices, because they always hold: ADV-LAM-07, a function's error is answered under
 * HTTP 200; ADV-LAM-08, a caller that gave up and sends again has the function run twice.
 */
export const lambdaPermissions = {
  'ADV-LAM-01': {
    page: `${guide}/invocation-async-error-handling.html`,
    sentence: 'A function may receive the same asynchronous event more than once even if it returns no error',
    rate: 0.05,
  },
  'ADV-LAM-02': {
    page: `${guide}/invocation-async-error-handling.html`,
    sentence:
      'An event met by throttling or a system error goes back to the queue and is tried again for up to 6 hours',
    rate: 0.05,
  },
  'ADV-LAM-03': {
    page: `${guide}/invocation-async-error-handling.html`,
    sentence: 'An event that ages out of the queue is dropped before it reaches the function',
    rate: 0.02,
  },
  'ADV-LAM-04': {
    page: `${guide}/invocation-eventsourcemapping.html`,
    sentence: 'A mapping processes each event at least once; a batch may come again though the function succeeded',
    rate: 0.05,
  },
  'ADV-LAM-05': {
    page: `${guide}/with-ddb.html`,
    sentence: 'Creating or updating a mapping takes effect only after minutes, and LATEST may miss records meanwhile',
    rate: 0.2,
  },
  'ADV-LAM-06': {
    page: `${guide}/lambda-concurrency.html`,
    sentence: 'An invocation may meet a cold start, or be throttled with 429 where concurrency is used up',
    rate: 0.05,
  },
} as const satisfies Record<string, Permission>;
