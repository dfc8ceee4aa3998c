import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { rowKey } from './kv-rows.ts';
import type { BucketRows } from './kv-rows.ts';
import { numberOf, numeric } from './table.ts';
import type { Item } from './table.ts';
import { tellItem } from './conditional.ts';

/**
 * How long a stream knows a message id.
 *
 * @see https://docs.nats.io/using-nats/developer/develop_jetstream/model_deep_dive
 */
const windowMs = 120_000;

/** The revision that a message with this id made, `undefined` where there was none in the last two minutes. */
export async function readMessageId(rows: BucketRows, messageId: string): Promise<number | undefined> {
  const { core, table } = rows;
  const command = new GetItemCommand({ TableName: table, Key: idKey(rows, messageId), ConsistentRead: true });
  const { Item } = await core.retry(() => core.clients.dynamodb.send(command, { abortSignal: core.signal }));
  return revisionOf(rows, Item);
}

/** As `readMessageId`, of the item that DynamoDB told of. */
export function revisionOf({ core }: BucketRows, item: Item | undefined): number | undefined {
  const untilMs = numberOf(item, 'until');
  return untilMs !== undefined && untilMs > core.clock.epochMs() ? numberOf(item, 'rev') : undefined;
}

/** Enters the id in the same transaction, unless another has come first with it. */
export function messageIdItems(rows: BucketRows, messageId: string | undefined, revision: number): TransactWriteItem[] {
  if (messageId === undefined) return [];
  const nowMs = rows.core.clock.epochMs();
  return [
    {
      Put: {
        TableName: rows.table,
        Item: {
          ...idKey(rows, messageId),
          rev: numeric(revision),
          until: numeric(nowMs + windowMs),
          ttl: numeric(Math.ceil((nowMs + windowMs) / 1000)),
        },
        ConditionExpression: 'attribute_not_exists(pk) OR #until <= :now',
        ...tellItem,
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':now': numeric(nowMs) },
      },
    },
  ];
}

function idKey(rows: BucketRows, messageId: string): ReturnType<typeof rowKey> {
  return rowKey(rows, `id#${messageId}`);
}
