import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { sleep } from '../clock.ts';
import { createSerial } from '../serial.ts';
import { conditional } from './conditional.ts';
import type { SetupCore } from './core.ts';
import { numeric } from './table.ts';
import type { Item } from './table.ts';

/** A publisher may not know of a shard that is younger than this. */
const viewMs = 5_000;

/**
 * The topics that carry the messages of a prefix: as many as its subscriptions need, since one takes a hundred. A message
 * is published to each, and each keeps the order of its publisher. SNS itself says when a topic is full.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/sns.html
 */
export interface Shards {
  /** How many there are, as of at most five seconds ago. */
  readonly count: () => Promise<number>;
  /** Reads how many there are, now. */
  readonly look: () => Promise<void>;
  /**
   * Finds a topic with room for one subscription, and makes one where all are full. `subscribe` resolves to the
   * subscription's ARN, or to `undefined` where the topic is full. Resolves once every publisher knows of the topic.
   */
  readonly place: (subscribe: (shard: number) => Promise<string | undefined>) => Promise<Place>;
}

export interface Place {
  readonly shard: number;
  readonly subscriptionArn: string;
}

interface View {
  readonly atMs: number;
  /** When each shard but the first was made; the first has always been there. */
  readonly madeMs: readonly number[];
}

/** Each try but the last adds a topic, or finds that another process has. Few: a filter that no topic takes is not to add many. */
const triesMax = 5;

export function createShards(
  core: SetupCore,
  { table, open }: { readonly table: string; readonly open: (shard: number) => Promise<unknown> },
): Shards {
  const { clock } = core;
  const searches = createSerial();
  let view: View = { atMs: Number.NEGATIVE_INFINITY, madeMs: [] };
  let looking: Promise<void> | undefined;

  async function look(): Promise<void> {
    const atMs = clock.epochMs();
    const madeMs = await readMadeMs(core, table);
    // A reading that took longer than a later one must not hide what that one saw: shards are never taken away.
    if (madeMs.length >= view.madeMs.length) view = { atMs, madeMs };
  }

  async function search(subscribe: (shard: number) => Promise<string | undefined>): Promise<Place> {
    for (let tries = 0; tries < triesMax; tries += 1) {
      const last = view.madeMs.length;
      for (const shard of [last, ...Array.from({ length: last }, (_, index) => index)]) {
        const subscriptionArn = await subscribe(shard);
        if (subscriptionArn !== undefined) return { shard, subscriptionArn };
      }
      await open(last + 1);
      await addShard(core, table, last);
      await look();
    }
    throw new Error(`no topic took a subscription in ${triesMax} tries`);
  }

  return {
    count: async () => {
      if (clock.epochMs() - view.atMs >= viewMs) {
        looking ??= look().finally(() => {
          looking = undefined;
        });
        await looking;
      }
      return view.madeMs.length + 1;
    },
    look,
    place: async (subscribe) => {
      const shard = view.madeMs.length;
      const subscriptionArn = await subscribe(shard);
      const place =
        subscriptionArn === undefined ? await searches.run(() => search(subscribe)) : { shard, subscriptionArn };
      const leftMs = (view.madeMs[place.shard - 1] ?? Number.NEGATIVE_INFINITY) + viewMs - clock.epochMs();
      if (leftMs >= 0) await sleep(clock, leftMs + 1, { signal: core.signal });
      return place;
    },
  };
}

const key: Item = { pk: { S: 'shards' }, sk: { S: 'shards' } };

/** Read consistently. The row is made with the second shard. */
async function readMadeMs({ clients, retry, signal }: SetupCore, table: string): Promise<readonly number[]> {
  const get = new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true });
  const { Item } = await retry(() => clients.dynamodb.send(get, { abortSignal: signal }));
  return (Item?.['madeMs']?.L ?? []).map(({ N }) => Number(N));
}

/** Adds one shard to the first and so many more, unless another process did. */
async function addShard(core: SetupCore, table: string, count: number): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: table,
    Key: key,
    UpdateExpression: 'SET madeMs = list_append(if_not_exists(madeMs, :none), :now)',
    ConditionExpression: count === 0 ? 'attribute_not_exists(madeMs)' : 'size(madeMs) = :count',
    ExpressionAttributeValues: {
      ':none': { L: [] },
      ':now': { L: [numeric(core.clock.epochMs())] },
      ...(count > 0 && { ':count': numeric(count) }),
    },
  });
  await conditional(core, () => core.clients.dynamodb.send(command, { abortSignal: core.signal }));
}
