import type { PatternDecision, SystemDecision } from '#core';

/** What is known of a pattern before any run: the document's class and sentences, and each profile's ceiling. */
export interface PatternFacts {
  readonly complexity?: NonNullable<PatternDecision['complexity']>;
  readonly claim: string;
  readonly price?: string;
  readonly per: PatternDecision['per'];
  readonly ceilings: Readonly<Record<string, NonNullable<SystemDecision['ceiling']>>>;
}

const eventBridge = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html';
const snsQuotas = 'https://docs.aws.amazon.com/general/latest/gr/sns.html';
const sqsQuotas = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html';
const lambdaQuotas = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
const dynamoPartitions =
  'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html';
const dynamoQuotas = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html';

const bus = { text: '10,000 PutEvents/s, 300 rules × 5 targets', source: eventBridge };
const topic = { text: '3,000 messages/s, 100 subscriptions a topic', source: snsQuotas };
/** Filter policies are a quota of the topic; a subscription without one gets everything, and its receiver filters. */
const fanOut = { text: '30,000 messages/s, 200 filter policies a topic', source: snsQuotas };
const queue = { text: 'a queue per domain and priority, hardly limited', source: sqsQuotas };
const environments = { text: '1,000 concurrent executions', source: lambdaQuotas };
const table = { text: '40,000 write units/s a table, 400 KB an item', source: dynamoQuotas };

const events = '$1.00 per million events published';
const requests = '$0.40 per million requests';

/**
 * By the catalogue's family of rows. Claims are the document's own sentences, from its complexity analysis, its mitigation
 * strategies and its cost implications; it has no class for broadcast.
 */
export const patternFacts: Readonly<Record<string, PatternFacts>> = {
  PUB: {
    complexity: 'medium',
    claim: 'Message Ordering: Use SQS FIFO queues',
    price: events,
    per: 'message',
    ceilings: { design: bus, mended: bus, exact: topic },
  },
  SUBJ: {
    complexity: 'high',
    claim: "Subject Wildcard Patterns: NATS wildcards (`>`, `*`) don't map directly to EventBridge",
    price: events,
    per: 'message',
    ceilings: { design: bus, mended: bus, exact: topic },
  },
  QG: {
    complexity: 'high',
    claim: 'Queue Groups: Requires multiple SQS queues instead of single NATS subject',
    price: requests,
    per: 'message',
    ceilings: { design: queue, mended: queue, exact: topic },
  },
  RR: {
    complexity: 'high',
    claim: 'Request-Reply: Must use Lambda invocation or correlation IDs with SQS',
    per: 'message',
    ceilings: { design: environments, mended: environments, exact: topic },
  },
  BC: {
    claim: 'Fan-out with SNS: For high-volume broadcasts',
    price: events,
    per: 'message',
    ceilings: { design: { text: '1,500 recipients', source: eventBridge }, mended: fanOut, exact: topic },
  },
  KV: {
    complexity: 'low',
    claim: 'Message Persistence: DynamoDB provides better guarantees than JetStream KV',
    price: '$0.25 per million writes, $0.25 per million reads',
    per: 'call',
    ceilings: {
      design: table,
      mended: table,
      exact: { text: '500 writes/s a bucket, whose counter is one item', source: dynamoPartitions },
    },
  },
};
