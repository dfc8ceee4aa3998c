import { prices } from './prices.ts';
import type { Charge } from './prices.ts';

/** What one call is charged as, in units of each price. */
type Charges = Partial<Record<Charge, number>>;

/** Queues and topics of a profile; the translator's `exact` has FIFO ones only. */
export type Transport = 'standard' | 'fifo';

/** A run's requests by service and operation, with what they were made for. */
export interface Calls {
  readonly requests: Readonly<Record<string, number>>;
  readonly transport: Transport;
  /** Copies delivered, which a FIFO topic charges for. */
  readonly deliveries: number;
}

/** Memory and time of a handler, for Lambda's charge by time: the document's own handlers are small and short. */
const handlerGigabytes = 0.125;
const handlerSeconds = 0.05;

/** Requests that carry messages, leaving out those that make or find what carries them. */
export function countRequests({ requests }: Pick<Calls, 'requests'>): number {
  return Object.entries(requests).reduce((sum, [call, count]) => sum + (isCharged(call) ? count : 0), 0);
}

/** Dollars of all charged requests. An `events.PutEvents` is taken for one event, as the profiles send them. */
export function dollarsOf({ requests, transport, deliveries }: Calls): number {
  const totals = new Map<Charge, number>();
  const add = (charges: Charges, times: number): void => {
    for (const [charge, units] of entriesOf(charges)) totals.set(charge, (totals.get(charge) ?? 0) + units * times);
  };
  for (const [call, count] of Object.entries(requests)) add(chargesOf(call, transport), count);
  if (transport === 'fifo' && (requests['sns.Publish'] ?? 0) > 0) add({ 'sns-fifo-delivery': 1 }, deliveries);
  return [...totals].reduce((sum, [charge, units]) => sum + (units * prices[charge].dollarsPerMillion) / 1e6, 0);
}

function isCharged(call: string): boolean {
  return entriesOf(chargesOf(call, 'standard')).length > 0;
}

function entriesOf(charges: Charges): readonly (readonly [Charge, number])[] {
  return chargeNames.flatMap((charge) => {
    const units = charges[charge];
    return units === undefined ? [] : [[charge, units] as const];
  });
}

const chargeNames: readonly Charge[] = [
  'sqs-standard-request',
  'sqs-fifo-request',
  'sns-standard-publish',
  'sns-fifo-publish',
  'sns-fifo-delivery',
  'eventbridge-event',
  'dynamodb-write-unit',
  'dynamodb-read-unit',
  'lambda-request',
  'lambda-gigabyte-second',
];

/**
 * A transaction writes three items at two units each, as `exact` writes a key's head, its log and the bucket's counter.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
const transactionUnits = 6;

function chargesOf(call: string, transport: Transport): Charges {
  switch (call) {
    case 'sqs.SendMessage':
    case 'sqs.SendMessageBatch':
    case 'sqs.ReceiveMessage':
    case 'sqs.DeleteMessage':
    case 'sqs.DeleteMessageBatch':
    case 'sqs.ChangeMessageVisibility':
    case 'sqs.ChangeMessageVisibilityBatch':
      return transport === 'fifo' ? { 'sqs-fifo-request': 1 } : { 'sqs-standard-request': 1 };
    case 'sns.Publish':
    case 'sns.PublishBatch':
      return transport === 'fifo' ? { 'sns-fifo-publish': 1 } : { 'sns-standard-publish': 1 };
    case 'events.PutEvents':
      return { 'eventbridge-event': 1 };
    case 'dynamodb.PutItem':
    case 'dynamodb.UpdateItem':
    case 'dynamodb.DeleteItem':
    case 'dynamodb.BatchWriteItem':
      return { 'dynamodb-write-unit': 1 };
    case 'dynamodb.TransactWriteItems':
      return { 'dynamodb-write-unit': transactionUnits };
    case 'dynamodb.GetItem':
    case 'dynamodb.BatchGetItem':
    case 'dynamodb.Query':
    case 'dynamodb.Scan':
      return { 'dynamodb-read-unit': transport === 'fifo' ? 1 : 0.5 };
    case 'lambda.Invoke':
      return { 'lambda-request': 1, 'lambda-gigabyte-second': handlerGigabytes * handlerSeconds };
    default:
      return {};
  }
}
