import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { sleep } from '../clock.ts';
import { conditional } from './conditional.ts';
import type { Core } from './core.ts';
import { numeric } from './table.ts';
import type { Item } from './table.ts';

/**
 * Subscriptions of one FIFO topic.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/sns.html
 */
export const subscriptionsMax = 100;

/** A publisher may not know of a shard that is younger than this. */
const viewMs = 5_000;

/**
 * The topics that carry the messages of a prefix: as many as its subscriptions need. A message is published to each, and
 * each keeps the order of its publisher.
 */
export interface Shards {
  /** How many there are, as of at most five seconds ago. */
  readonly count: () => Promise<number>;
  /** Room for one subscription; `open` makes the topic of a shard that is not there yet. */
  readonly take: (open: (shard: number) => Promise<unknown>) => Promise<number>;
  /** The room is free again. */
  readonly give: (shard: number) => Promise<void>;
  /** The shard has no room after all. */
  readonly fill: (shard: number) => Promise<void>;
  /** Resolves once every publisher knows of the shard. */
  readonly known: (shard: number) => Promise<void>;
}

interface Row {
  /** Subscriptions by shard. */
  readonly taken: readonly number[];
  /** When each shard was made; the first has always been there. */
  readonly madeMs: readonly number[];
}

const triesMax = 1_000;

export function createShards(core: Core, table: () => Promise<string>): Shards {
  const { clock } = core;
  let view: { readonly atMs: number; readonly row: Row } | undefined;

  async function look(): Promise<Row> {
    const atMs = clock.epochMs();
    const row = await readRow(core, await table());
    view = { atMs, row };
    return row;
  }

  return {
    count: async () => {
      const isFresh = view !== undefined && clock.epochMs() - view.atMs < viewMs;
      return (isFresh && view !== undefined ? view.row : await look()).taken.length;
    },
    take: async (open) => {
      const name = await table();
      let { taken } = view?.row ?? (await look());
      for (let tries = 0; tries < triesMax; tries += 1) {
        const shard = taken.findIndex((count) => count < subscriptionsMax);
        if (shard === -1) {
          await open(taken.length);
          await addShard(core, name, taken.length);
        } else if (await change(core, name, { shard, by: 1, condition: '#taken < :max' })) return shard;
        ({ taken } = await look());
      }
      throw new Error(`no room for a subscription in ${triesMax} tries`);
    },
    give: async (shard) => {
      await change(core, await table(), { shard, by: -1, condition: '#taken > :zero' });
    },
    fill: async (shard) => {
      await change(core, await table(), { shard, by: subscriptionsMax, condition: '#taken < :max' });
      await look();
    },
    known: async (shard) => {
      const madeMs = view?.row.madeMs[shard] ?? 0;
      const leftMs = madeMs + viewMs - clock.epochMs();
      if (leftMs >= 0) await sleep(clock, leftMs + 1, { signal: core.signal });
    },
  };
}

const key: Item = { pk: { S: 'shards' }, sk: { S: 'shards' } };

/** The row now, read consistently; made where it is missing. */
async function readRow(core: Core, table: string): Promise<Row> {
  const { clients, retry, signal } = core;
  const get = new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true });
  const { Item } = await retry(() => clients.dynamodb.send(get, { abortSignal: signal }));
  if (Item !== undefined) return { taken: numbersOf(Item, 'taken'), madeMs: numbersOf(Item, 'madeMs') };
  const put = new PutItemCommand({
    TableName: table,
    Item: { ...key, taken: { L: [numeric(0)] }, madeMs: { L: [numeric(0)] } },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  await conditional(core, () => clients.dynamodb.send(put, { abortSignal: signal }));
  return readRow(core, table);
}

/** Adds one shard to so many, unless another did. */
async function addShard(core: Core, table: string, count: number): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: table,
    Key: key,
    UpdateExpression: 'SET taken = list_append(taken, :taken), madeMs = list_append(madeMs, :madeMs)',
    ConditionExpression: 'size(taken) = :count',
    ExpressionAttributeValues: {
      ':taken': { L: [numeric(0)] },
      ':madeMs': { L: [numeric(core.clock.epochMs())] },
      ':count': numeric(count),
    },
  });
  await conditional(core, () => core.clients.dynamodb.send(command, { abortSignal: core.signal }));
}

/**
 * Counts subscriptions of a shard up or down; `false` where the condition fails. A change whose answer was lost counts
 * twice: then a shard has room for one less, or refuses one and is filled.
 */
function change(
  core: Core,
  table: string,
  { shard, by, condition }: { readonly shard: number; readonly by: number; readonly condition: string },
): Promise<boolean> {
  const path = `taken[${shard}]`;
  const bound = condition.includes(':max') ? { ':max': numeric(subscriptionsMax) } : { ':zero': numeric(0) };
  const command = new UpdateItemCommand({
    TableName: table,
    Key: key,
    UpdateExpression: `SET ${path} = ${path} + :by`,
    ConditionExpression: condition.replace('#taken', path),
    ExpressionAttributeValues: { ':by': numeric(by), ...bound },
  });
  return conditional(core, () => core.clients.dynamodb.send(command, { abortSignal: core.signal }));
}

function numbersOf(item: Item, attribute: string): readonly number[] {
  return (item[attribute]?.L ?? []).map(({ N }) => Number(N));
}
