import type { NotChosen, Permission } from './permission.ts';

const guide = 'https://docs.aws.amazon.com/sns/latest/dg';

/** What the SNS pages permit. */
export const snsPermissions = {
  'ADV-SNS-01': {
    page: `${guide}/welcome-features.html`,
    sentence: 'Use a standard topic when message delivery order and possible message duplication are not critical.',
    reading: 'page-2023',
    rate: 0.05,
  },
  'ADV-SNS-02': {
    page: `${guide}/sns-dead-letter-queues.html`,
    sentence:
      'For server-side errors caused by AWS managed endpoints backed by Amazon SQS or AWS Lambda, Amazon SNS retries delivery up to 100,015 times, over 23 days.',
    reading: 'page-2023',
    rate: 0.02,
  },
  'ADV-SNS-04': {
    page: `${guide}/sns-subscription-filter-policies.html`,
    sentence: 'Additions or changes to a subscription filter policy require up to 15 minutes to fully take effect.',
    reading: 'page-2023',
    rate: 0.2,
  },
} as const satisfies Record<string, Permission>;

/** Entries of the catalogue about SNS that are no choice. */
export const snsNotChosen = {
  'ADV-SNS-03': { kind: 'always', why: "an error on the client's side is not tried again" },
  'ADV-SNS-05': { kind: 'always', why: "a message above the topic's maximum is refused" },
} as const satisfies Record<string, NotChosen>;
