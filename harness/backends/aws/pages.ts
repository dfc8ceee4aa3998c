const sqs = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide';
const sns = 'https://docs.aws.amazon.com/sns/latest/dg';
const eventbridge = 'https://docs.aws.amazon.com/eventbridge/latest/userguide';
const dynamodb = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide';
const lambda = 'https://docs.aws.amazon.com/lambda/latest/dg';

/** The pages on which AWS says what a profile's entries rest on. */
export const pages = {
  /** Where the document itself is the reason. */
  document: 'Sub-Phase 2.3: NATS to AWS Messaging Migration',
  sqsAtLeastOnce: `${sqs}/standard-queues-at-least-once-delivery.html`,
  sqsStandard: `${sqs}/standard-queues.html`,
  sqsVisibility: `${sqs}/sqs-visibility-timeout.html`,
  sqsPolling: `${sqs}/sqs-short-and-long-polling.html`,
  sqsMessageQuotas: `${sqs}/quotas-messages.html`,
  sqsQueueQuotas: `${sqs}/quotas-queues.html`,
  sqsFifo: `${sqs}/FIFO-queues-understanding-logic.html`,
  sdkRetries: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html',
  snsFifo: `${sns}/fifo-topic-message-ordering.html`,
  snsFilterLimits: `${sns}/subscription-filter-policy-constraints.html`,
  snsLarge: `${sns}/large-message-payloads.html`,
  snsQuotas: 'https://docs.aws.amazon.com/general/latest/gr/sns.html',
  ebTroubleshooting: `${eventbridge}/eb-troubleshooting.html`,
  ebPutEvents: `${eventbridge}/eb-putevents.html`,
  ebPatterns: `${eventbridge}/eb-event-patterns.html`,
  ebQuotas: `${eventbridge}/eb-quota.html`,
  ebPutRule: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html',
  lambdaInvoke: 'https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html',
  lambdaErrors: `${lambda}/invocation-retries.html`,
  ddbConsistency: `${dynamodb}/HowItWorks.ReadConsistency.html`,
  ddbLimits: `${dynamodb}/Constraints.html`,
  ddbTtl: `${dynamodb}/TTL.html`,
  ddbExpired: `${dynamodb}/ttl-expired-items.html`,
  ddbPutItem: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html',
  ddbTransactions: `${dynamodb}/transaction-apis.html`,
  ddbStreams: `${dynamodb}/Streams.html`,
} as const;
