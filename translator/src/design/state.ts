import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { AttributeValue, PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { isAwsError } from '../aws-error.ts';
import { UnsupportedError, WrongRevisionError } from '../errors.ts';
import type { Kv, KvOptions } from '../kv.ts';
import { randomName } from '../name.ts';
import type { DesignOptions } from './options.ts';
import { ensureKeyTable } from './table.ts';
import { lossyText } from './wire.ts';

const ttlSeconds = 300;

interface State {
  readonly options: DesignOptions;
  readonly table: string;
  readonly bucket: KvOptions;
  readonly signal: AbortSignal;
}

type Item = Record<string, AttributeValue>;

/**
 * A bucket as the document's state manager keeps it: one typed item per agent, written without a condition and read
 * without consistency; `ttl` is written and never looked at. The value is the agent's status. Creating and updating
 * are that same write; what the manager has no call for is unsupported.
 */
export async function openState(
  options: DesignOptions,
  { name, bucket, signal }: { readonly name: string; readonly bucket: KvOptions; readonly signal: AbortSignal },
): Promise<Kv> {
  const state: State = { options, table: `${options.prefix}${name}`, bucket, signal };
  const { fixes, clock } = options;
  await ensureKeyTable(options, { table: state.table, keyName: 'agent_id', signal });
  return {
    put: (key, value) => (fixes.has('conditional-writes') ? replace(state, key, value) : put(state, key, { value })),
    create: async (key, value, { ttlMs } = {}) => {
      if (!fixes.has('conditional-writes')) return put(state, key, { value, ttlMs });
      const held = await read(state, key, true);
      if (held !== undefined && isLive(state, held)) throw new WrongRevisionError(`the key '${key}' exists`);
      return put(state, key, { value, ttlMs, before: held ?? null });
    },
    update: async (key, value, revision) => {
      if (!fixes.has('conditional-writes')) return put(state, key, { value });
      const held = await read(state, key, true);
      if (held === undefined || !isLive(state, held) || revisionOf(held) !== revision) {
        throw new WrongRevisionError(`the key '${key}' is not at revision ${revision}`);
      }
      return put(state, key, { value, before: held });
    },
    get: async (key) => {
      const item = await read(state, key, fixes.has('consistent-reads'));
      const value = item && valueOf(item);
      if (item === undefined || value === undefined) return null;
      if (fixes.has('expiry') && isExpired(item, clock.epochMs())) return null;
      return { key, value, revision: fixes.has('conditional-writes') ? revisionOf(item) : null, operation: 'PUT' };
    },
    delete: () => lacking('delete'),
    purge: () => lacking('purge'),
    history: () => lacking('history'),
    keys: () => lacking('keys'),
    watch: () => lacking('watch'),
  };
}

interface Change {
  readonly value: Uint8Array;
  readonly ttlMs?: number | undefined;
  /** What must still be there, `null` for nothing; absent for a write without a condition. */
  readonly before?: Item | null;
}

async function put(state: State, key: string, change: Change): Promise<number | null> {
  const { options, table, bucket, signal } = state;
  const { clients, clock, fixes } = options;
  const nowMs = clock.epochMs();
  const livesMs = change.ttlMs ?? bucket.ttlMs;
  const revision = change.before === undefined ? undefined : revisionOf(change.before ?? {}) + 1;
  const token = randomName(options.random, 16);
  const item: Item = {
    agent_id: { S: key },
    status: fixes.has('bytes') ? { B: change.value } : { S: lossyText(change.value) },
    capabilities: { L: [] },
    current_load: { N: '0' },
    last_heartbeat: { S: new Date(nowMs).toISOString() },
    ttl: { N: String(Math.floor(nowMs / 1000) + ttlSeconds) },
    ...(fixes.has('expiry') && livesMs !== undefined && { expires_at: { N: String(nowMs + livesMs) } }),
    ...(revision !== undefined && { revision: { N: String(revision) } }),
    ...(fixes.has('write-token') && { token: { S: token } }),
  };
  try {
    const command = new PutItemCommand({ TableName: table, Item: item, ...condition(change.before) });
    await clients.dynamodb.send(command, { abortSignal: signal });
  } catch (error) {
    if (isAwsError(error, 'ConditionalCheckFailedException')) {
      const isOwn = fixes.has('write-token') && (await read(state, key, true))?.['token']?.S === token;
      if (isOwn) return revision ?? null;
      throw new WrongRevisionError(`the key '${key}' has changed`, { cause: error });
    }
    throw error;
  }
  return revision ?? null;
}

const replacesMax = 100;

/** A write of whatever is there, with a revision: again where another was first. */
async function replace(state: State, key: string, value: Uint8Array): Promise<number | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await put(state, key, { value, before: (await read(state, key, true)) ?? null });
    } catch (error) {
      if (!(error instanceof WrongRevisionError) || attempt === replacesMax) throw error;
    }
  }
}

function condition(before: Item | null | undefined): Partial<PutItemCommandInput> {
  if (before === undefined) return {};
  if (before === null) return { ConditionExpression: 'attribute_not_exists(agent_id)' };
  return {
    ConditionExpression: 'revision = :revision',
    ExpressionAttributeValues: { ':revision': { N: String(revisionOf(before)) } },
  };
}

async function read({ options, table, signal }: State, key: string, isConsistent: boolean): Promise<Item | undefined> {
  const command = new GetItemCommand({
    TableName: table,
    Key: { agent_id: { S: key } },
    ...(isConsistent && { ConsistentRead: true }),
  });
  const { Item } = await options.clients.dynamodb.send(command, { abortSignal: signal });
  return Item;
}

function isLive({ options }: State, item: Item): boolean {
  return !options.fixes.has('expiry') || !isExpired(item, options.clock.epochMs());
}

function isExpired(item: Item, nowMs: number): boolean {
  const expiresAt = item['expires_at']?.N;
  return expiresAt !== undefined && Number(expiresAt) <= nowMs;
}

function revisionOf(item: Item): number {
  return Number(item['revision']?.N ?? 0);
}

function valueOf(item: Item): Uint8Array | undefined {
  const status = item['status'];
  return status?.B ?? (status?.S === undefined ? undefined : Buffer.from(status.S, 'utf8'));
}

function lacking(call: string): Promise<never> {
  return Promise.reject(new UnsupportedError(`the state manager has no ${call}`));
}
