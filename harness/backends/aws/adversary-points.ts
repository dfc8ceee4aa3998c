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
} as const satisfies Record<string, Point>;

export type PointId = keyof typeof points;

/** What AWS permits and cannot be made from outside, with the reason. */
export const notFromOutside: Readonly<Record<string, string>> = {
  'ADV-SQS-02': 'a message that has been deleted is not there to be sent again; ADV-SQS-01 covers what a receiver sees',
  'ADV-SQS-05': 'whether a delete had its effect is the service’s own secret',
  'ADV-EB-03': 'a delivery in hand of the service cannot be delayed; the receiving queue is disturbed instead',
  'ADV-EB-04': 'a delivery in hand of the service cannot be dropped',
  'ADV-DDB-02': 'the lag of an index is the service’s own',
  'ADV-DDB-03': 'the moment of a deletion by time to live is the service’s own',
  'ADV-LAM-01': 'a second invocation by the service cannot be made by the caller',
};
