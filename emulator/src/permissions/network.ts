import type { Permission } from './permission.ts';

/** What the way to AWS and back is free to do, the SDK on it, and the machine that the callers run on. */
export const networkPermissions = {
  'NET-slow-request': {
    page: 'https://docs.aws.amazon.com/wellarchitected/latest/framework/rel_prevent_interaction_failure_identify.html',
    sentence:
      'Distributed systems rely on networks, and must work despite the latency of these: a request takes its time',
    reading: 'not-reread',
    rate: 0.03,
  },
  'NET-slow-answer': {
    page: 'https://docs.aws.amazon.com/wellarchitected/latest/framework/rel_prevent_interaction_failure_identify.html',
    sentence:
      'Distributed systems rely on networks, and must work despite the latency of these: an answer takes its time',
    reading: 'not-reread',
    rate: 0.03,
  },
  'NET-order': {
    page: 'https://aws.amazon.com/builders-library/challenges-with-distributed-systems/',
    sentence:
      'What happens in a distributed system at the same moment is not determined: of two such events either may be first',
    reading: 'not-reread',
    rate: 0.3,
  },
  'NET-jitter': {
    page: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html',
    sentence: 'A client waits between two attempts for a random time, up to a limit that grows from attempt to attempt',
    reading: 'not-reread',
    rate: 0.7,
  },
} as const satisfies Record<string, Permission>;
