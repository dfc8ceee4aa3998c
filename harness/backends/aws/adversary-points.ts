const sqs = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide';
const eventbridge = 'https://docs.aws.amazon.com/eventbridge/latest';
const dynamodb = 'https://docs.aws.amazon.com/amazondynamodb/latest';
const retries = 'https://docs.aws.amazon.com/general/latest/gr/api-retries.html';

/** A choice that can be made from outside: the page that permits it, and how often a seeded run makes it. */
export interface Point {
  readonly page: string;
  readonly rate: number;
}

/** What the wrapper of a request handler can do to a target that it reaches by URL. */
export const points = {
  /** A message comes again. */
  'ADV-SQS-01': { page: `${sqs}/standard-queues-at-least-once-delivery.html`, rate: 0.05 },
  /** Messages of an answer come in another order. */
  'ADV-SQS-03': { page: `${sqs}/standard-queues.html`, rate: 0.2 },
  /** An answer lacks messages that are there; the next one has them. */
  'ADV-SQS-04': { page: `${sqs}/sqs-short-and-long-polling.html`, rate: 0.05 },
  /** A batch is carried out in part. */
  'ADV-SQS-11': {
    page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html',
    rate: 0.05,
  },
  /** PutEvents answers 200 and has failed an entry. */
  'ADV-EB-07': { page: `${eventbridge}/userguide/eb-putevents.html`, rate: 0.05 },
  /** Targets of a rule take effect later than they are answered. */
  'ADV-EB-09': { page: `${eventbridge}/APIReference/API_PutTargets.html`, rate: 0.5 },
  /** An eventually consistent read does not see the last write. */
  'ADV-DDB-01': { page: `${dynamodb}/developerguide/HowItWorks.ReadConsistency.html`, rate: 0.3 },
  /** A batch of reads comes back in part. */
  'ADV-DDB-10': { page: `${dynamodb}/APIReference/API_BatchGetItem.html`, rate: 0.1 },
  'FAULT-throttling': { page: retries, rate: 0.02 },
  'FAULT-lost-answer': { page: retries, rate: 0.02 },
  // A capsule names the points below; a seeded run never makes them, so that its other choices stay what they are.
  'FAULT-internal': { page: retries, rate: 0 },
  'NET-slow-request': { page: retries, rate: 0 },
  'NET-slow-answer': { page: retries, rate: 0 },
  /** A message comes again after it was deleted. */
  'ADV-SQS-02': { page: `${sqs}/standard-queues-at-least-once-delivery.html`, rate: 0 },
  /** What a rule delivers comes more than once, in another order, late, or not at all: shown at the receiving queue. */
  'ADV-EB-01': { page: `${eventbridge}/userguide/eb-troubleshooting.html`, rate: 0 },
  'ADV-EB-02': { page: `${eventbridge}/userguide/eb-custom-bus-what-is.html`, rate: 0 },
  'ADV-EB-03': { page: `${eventbridge}/userguide/eb-rule-retry-policy.html`, rate: 0 },
  'ADV-EB-04': { page: `${eventbridge}/userguide/eb-rule-retry-policy.html`, rate: 0 },
  /** A table refuses a call that its partition does not bear. */
  'ADV-DDB-09': { page: `${dynamodb}/developerguide/ProvisionedThroughput.html`, rate: 0 },
} as const satisfies Record<string, Point>;

export type PointId = keyof typeof points;
