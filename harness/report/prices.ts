/** Dollars a million of what is charged for, us-east-1, list prices without free tiers, and the day they were read. */
export interface Price {
  readonly dollarsPerMillion: number;
  readonly readOn: string;
  readonly source: string;
}

const sqs = { readOn: '2026-10-01', source: 'https://aws.amazon.com/sqs/pricing/' };
const sns = { readOn: '2026-09-15', source: 'https://aws.amazon.com/sns/pricing/' };
const events = { readOn: '2026-09-24', source: 'https://aws.amazon.com/eventbridge/pricing/' };
const dynamodb = { readOn: '2026-09-11', source: 'https://aws.amazon.com/dynamodb/pricing/on-demand/' };
const lambda = { readOn: '2026-09-15', source: 'https://aws.amazon.com/lambda/pricing/' };

/** One table for all that the profiles are charged for. Payloads of up to 64 KB, items of up to 1 KB. */
export const prices = {
  'sqs-standard-request': { dollarsPerMillion: 0.4, ...sqs },
  'sqs-fifo-request': { dollarsPerMillion: 0.5, ...sqs },
  'sns-standard-publish': { dollarsPerMillion: 0.5, ...sns },
  'sns-fifo-publish': { dollarsPerMillion: 0.3, ...sns },
  'sns-fifo-delivery': { dollarsPerMillion: 0.01, ...sns },
  'eventbridge-event': { dollarsPerMillion: 1, ...events },
  'dynamodb-write-unit': { dollarsPerMillion: 0.625, ...dynamodb },
  'dynamodb-read-unit': { dollarsPerMillion: 0.125, ...dynamodb },
  'lambda-request': { dollarsPerMillion: 0.2, ...lambda },
  'lambda-gigabyte-second': { dollarsPerMillion: 16.6667, ...lambda },
} as const satisfies Record<string, Price>;

export type Charge = keyof typeof prices;
