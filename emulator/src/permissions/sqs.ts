import type { Permission } from './permission.ts';

const guide = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide';

/** What the SQS pages permit. */
export const sqsPermissions = {
  'ADV-SQS-01': {
    page: `${guide}/standard-queues-at-least-once-delivery.html`,
    sentence: 'On rare occasions a copy of a message is received again',
    rate: 0.05,
  },
} as const satisfies Record<string, Permission>;
