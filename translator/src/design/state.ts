import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { AttributeValue, PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { isAwsError } from '../aws-error.ts';
import { UnsupportedError, WrongRevisionError } from '../errors.ts';
import type { Kv, KvOptions } from '../kv.ts';
import { randomName } from '../name.ts';
import type { DesignOptions } from './options.ts';
import { subjectMatches } from '../subject.ts';
import { ensureKeyTable, kindIndex } from './table.ts';
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
  const { fixes } = options;
  const isIndexed = fixes.has('index');
  await ensureKeyTable(options, { table: state.table, keyName: 'agent_id', isIndexed, signal });
  return {
    put: (key, value) =>
      fixes.has('conditional-writes') ? replace(state, key, { value }) : put(state, key, { value }),
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
      if (!isLive(state, item)) return null;
      return { key, value, revision: fixes.has('conditional-writes') ? revisionOf(item) : null, operation: 'PUT' };
    },
    delete: (key, { revision } = {}) => (fixes.has('deletes') ? mark(state, key, revision) : lacking('delete')),
    purge: (key) => (fixes.has('deletes') ? mark(state, key) : lacking('purge')),
    history: () => lacking('history'),
    keys: ({ filters = ['>'] } = {}) => (isIndexed ? listKeys(state, filters) : lacking('keys')),
    watch: () => lacking('watch'),
  };
}

interface Change {
  readonly value: Uint8Array;
  readonly ttlMs?: number | undefined;
  /** Leaves a marker in place of a value. */
  readonly isDeletion?: boolean;
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
    ...(change.isDeletion === true ? { deleted: { BOOL: true } } : fixes.has('index') && { kind: { S: 'agent' } }),
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

/** Marks the item as deleted, so that its revisions go on; with a revision only where that is the last. */
async function mark(state: State, key: string, revision?: number): Promise<void> {
  const deletion = { value: new Uint8Array(), isDeletion: true };
  if (!state.options.fixes.has('conditional-writes')) await put(state, key, deletion);
  else if (revision === undefined) await replace(state, key, deletion);
  else {
    const held = await read(state, key, true);
    if (held === undefined || revisionOf(held) !== revision) {
      throw new WrongRevisionError(`the key '${key}' is not at revision ${revision}`);
    }
    await put(state, key, { ...deletion, before: held });
  }
}

/** As the index knows them: it follows the table a while later, whatever is asked of it. */
async function listKeys(state: State, filters: readonly string[]): Promise<readonly string[]> {
  const { options, table, signal } = state;
  const keys: string[] = [];
  let start: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: table,
      IndexName: kindIndex.IndexName,
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': { S: 'agent' } },
      ExclusiveStartKey: start,
    });
    const page = await options.clients.dynamodb.send(command, { abortSignal: signal });
    const live = (page.Items ?? []).filter((item) => isLive(state, item));
    keys.push(...live.flatMap(({ agent_id: id }) => id?.S ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return keys.filter((key) => filters.some((filter) => subjectMatches(filter, key)));
}

/** A write of whatever is there, with a revision: again where another was first. */
async function replace(state: State, key: string, change: Change): Promise<number | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await put(state, key, { ...change, before: (await read(state, key, true)) ?? null });
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
  if (item['deleted']?.BOOL === true) return false;
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
