import { CreateTopicCommand } from '@aws-sdk/client-sns';
import type { AwsClients } from '../clients.ts';
import type { ConnectOptions } from '../connection.ts';
import { createRetry } from '../retry.ts';
import type { SetupCore } from './core.ts';
import { createShards } from './shards.ts';
import type { Shards } from './shards.ts';
import { ensureTable, tableName } from './table.ts';

/** What the connections of one process share: the table, and the topics with what is known of them. */
export interface Setup {
  readonly table: string;
  readonly topicArn: (shard: number) => string;
  readonly shards: Shards;
}

const never = new AbortController().signal;

/** By the clients and the prefix. A set-up that failed is forgotten, so that the next connection tries again. */
const setups = new WeakMap<AwsClients, Map<string, Promise<Setup>>>();

/** Makes the table and the first topic of a prefix where they are missing, once for all connections on the same clients. */
export function setUp(options: ConnectOptions): Promise<Setup> {
  const { clients, clock, random, prefix, onError = () => undefined } = options;
  const byPrefix = setups.get(clients) ?? new Map<string, Promise<Setup>>();
  setups.set(clients, byPrefix);
  const known = byPrefix.get(prefix);
  if (known !== undefined) return known;
  const retry = createRetry({ clock, random, signal: never });
  const made = make({ clients, clock, prefix, retry, signal: never, onError });
  byPrefix.set(prefix, made);
  made.catch(() => byPrefix.delete(prefix));
  return made;
}

async function make(core: SetupCore): Promise<Setup> {
  const table = tableName(core);
  const shards = createShards(core, { table, open: (shard) => makeTopic(core, shard) });
  const [first] = await Promise.all([makeTopic(core, 0), ensureTable(core, shards.look)]);
  return {
    table,
    topicArn: (shard) => first.replace(topicName(core, 0), topicName(core, shard)),
    shards,
  };
}

function topicName({ prefix }: SetupCore, shard: number): string {
  return `${prefix}ordered${shard === 0 ? '' : `-${shard}`}.fifo`;
}

async function makeTopic(core: SetupCore, shard: number): Promise<string> {
  const command = new CreateTopicCommand({
    Name: topicName(core, shard),
    Attributes: {
      FifoTopic: 'true',
      ContentBasedDeduplication: 'false',
      FifoThroughputScope: 'MessageGroup',
      MaximumMessageSize: '1048576',
    },
  });
  const { TopicArn } = await core.retry(() => core.clients.sns.send(command, { abortSignal: core.signal }));
  if (TopicArn === undefined) throw new Error('CreateTopic answered without an ARN');
  return TopicArn;
}
