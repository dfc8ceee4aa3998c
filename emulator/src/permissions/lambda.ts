import type { NotChosen, Permission } from './permission.ts';

const guide = 'https://docs.aws.amazon.com/lambda/latest/dg';

/** What the Lambda pages permit. */
export const lambdaPermissions = {
  'ADV-LAM-01': {
    page: `${guide}/invocation-async-error-handling.html`,
    sentence:
      "Even if your function doesn't return an error, it's possible for it to receive the same event from Lambda multiple times because the queue itself is eventually consistent.",
    reading: 'page-2023',
    rate: 0.05,
  },
  'ADV-LAM-02': {
    page: `${guide}/invocation-async-error-handling.html`,
    sentence:
      'For throttling errors (429) and system errors (500-series), Lambda returns the event to the queue and attempts to run the function again for up to 6 hours.',
    reading: 'page-2023',
    rate: 0.05,
  },
  'ADV-LAM-03': {
    page: 'https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html',
    sentence: 'If your function does not have enough capacity to keep up with the queue, events may be lost.',
    reading: 'api-model',
    rate: 0.02,
  },
  'ADV-LAM-04': {
    page: `${guide}/invocation-eventsourcemapping.html`,
    sentence: 'Lambda event source mappings process events at least once due to the distributed nature of its pollers.',
    reading: 'page-2023',
    rate: 0.05,
  },
  'ADV-LAM-05': {
    page: `${guide}/with-ddb.html`,
    sentence: 'Creating or updating a mapping takes effect only after minutes, and LATEST may miss records meanwhile',
    reading: 'not-reread',
    rate: 0.2,
  },
  'ADV-LAM-06': {
    page: 'https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html',
    sentence:
      'For example, Lambda returns TooManyRequestsException if running the function would cause you to exceed a concurrency limit at either the account level (ConcurrentInvocationLimitExceeded) or function level (ReservedFunctionConcurrentInvocationLimitExceeded).',
    reading: 'api-model',
    rate: 0.05,
  },
} as const satisfies Record<string, Permission>;

/** Entries of the catalogue about Lambda that are no choice. */
export const lambdaNotChosen = {
  'ADV-LAM-07': { kind: 'always', why: "a function's error is answered under HTTP 200" },
  'ADV-LAM-08': {
    kind: 'always',
    why: 'a caller that gave up and sends again has the function run twice; FAULT-lost-answer makes it give up',
  },
} as const satisfies Record<string, NotChosen>;
