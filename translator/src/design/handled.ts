import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isAwsError } from '../aws-error.ts';
import { randomName } from '../name.ts';
import { createRetry } from '../retry.ts';
import type { DesignOptions } from './options.ts';
import { ensureKeyTable } from './table.ts';

/** The record by which a handler becomes idempotent. */
export interface Handled {
  /**
   * Runs the handler unless the message has been handled. Rejects where another holds it, so that it comes again.
   *
   * @throws what the handler throws; the next attempt may then begin at once.
   */
  readonly once: (key: string, handler: () => Promise<void>) => Promise<void>;
}

/** Longer than a message can come again: a queue keeps it 14 days at most. */
const keptSeconds = 15 * 24 * 3_600;
const holdMs = 30_000;

/** One row per message in the table `handled`: held while a handler works, then done. */
export async function openHandled(options: DesignOptions, signal: AbortSignal): Promise<Handled> {
  const { clients, clock, random, prefix } = options;
  const table = `${prefix}handled`;
  const retry = createRetry({ clock, random, signal });
  await ensureKeyTable(options, { table, keyName: 'message', signal });

  async function write(key: string, state: string, condition: object): Promise<boolean> {
    const nowMs = clock.epochMs();
    const command = new PutItemCommand({
      TableName: table,
      Item: {
        message: { S: key },
        state: { S: state },
        heldUntil: { N: String(nowMs + holdMs) },
        ttl: { N: String(Math.ceil(nowMs / 1000) + keptSeconds) },
      },
      ...condition,
    });
    try {
      await retry(() => clients.dynamodb.send(command, { abortSignal: signal }));
      return true;
    } catch (error) {
      if (isAwsError(error, 'ConditionalCheckFailedException')) return false;
      throw error;
    }
  }

  async function stateOf(key: string): Promise<AttributeValue['S']> {
    const command = new GetItemCommand({ TableName: table, Key: { message: { S: key } }, ConsistentRead: true });
    const { Item } = await retry(() => clients.dynamodb.send(command, { abortSignal: signal }));
    return Item?.['state']?.S;
  }

  return {
    once: async (key, handler) => {
      const mine = `held by ${randomName(random, 16)}`;
      const isMine = await write(key, mine, {
        ConditionExpression: 'attribute_not_exists(#message) OR (#state <> :done AND heldUntil <= :now)',
        ExpressionAttributeNames: { '#message': 'message', '#state': 'state' },
        ExpressionAttributeValues: { ':done': { S: 'done' }, ':now': { N: String(clock.epochMs()) } },
      });
      const state = isMine ? mine : await stateOf(key);
      if (state === 'done') return;
      if (state !== mine) throw new Error(`message '${key}' is held by another`);
      await handler();
      await write(key, 'done', {});
    },
  };
}
