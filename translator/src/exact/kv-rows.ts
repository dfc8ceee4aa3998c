import { BatchGetItemCommand, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { KvEntry } from '../kv.ts';
import type { Core } from './core.ts';
import { numberOf, numeric, textOf } from './table.ts';
import type { Item } from './table.ts';

/** A bucket's rows: one for itself, a head per key, a log row per revision. All in one partition of the one table. */
export interface BucketRows {
  readonly core: Core;
  readonly table: string;
  readonly bucket: string;
}

/** The row that gives out revisions and says how the bucket was made and who watches it. */
export interface BucketRow {
  readonly revision: number;
  readonly history: number;
  readonly ttlMs?: number;
  readonly markerTtlMs?: number;
  /** Inbox → until when it watches. */
  readonly watchers: ReadonlyMap<string, number>;
  /** Grows with each registration of a watcher. */
  readonly registrations: number;
}

/** A value or marker, as the head of its key and the log hold it. */
export interface Record {
  readonly entry: KvEntry & { readonly revision: number };
  readonly expiresAtMs?: number;
  /** How many rows of its own the value takes; then the entry's value here is empty. */
  readonly chunks: number;
  /** Which call wrote it. */
  readonly write: string;
}

export interface Head extends Record {
  /** Revisions that the history of the key holds, oldest first. */
  readonly kept: readonly number[];
  /** Whether one of them may have rows of its own. */
  readonly isChunked: boolean;
}

export interface LogRow extends Record {
  /** The revision that took this one out of the history. */
  readonly trimmedBy?: number;
}

export const bucketSortKey = 'bucket';

/** As wide as the largest safe integer, so that text order is the order of revisions. */
const revisionDigits = 16;

export function headSortKey(key: string): string {
  return `head#${key}`;
}

export function logSortKey(revision: number): string {
  return `log#${String(revision).padStart(revisionDigits, '0')}`;
}

export function rowKey({ bucket }: BucketRows, sortKey: string): Item {
  return { pk: { S: `kv#${bucket}` }, sk: { S: sortKey } };
}

export async function readBucket(rows: BucketRows): Promise<BucketRow | undefined> {
  return bucketOf(await getRow(rows, bucketSortKey));
}

/** `undefined` where there is no bucket. */
export function bucketOf(item: Item | undefined): BucketRow | undefined {
  const revision = numberOf(item, 'rev');
  if (revision === undefined) return undefined;
  const ttlMs = numberOf(item, 'ttlMs');
  const markerTtlMs = numberOf(item, 'markerTtlMs');
  return {
    revision,
    history: numberOf(item, 'history') ?? 1,
    ...(ttlMs !== undefined && { ttlMs }),
    ...(markerTtlMs !== undefined && { markerTtlMs }),
    watchers: new Map(Object.entries(item?.['watchers']?.M ?? {}).map(([inbox, until]) => [inbox, Number(until.N)])),
    registrations: numberOf(item, 'registrations') ?? 0,
  };
}

export async function readHead(rows: BucketRows, key: string): Promise<Head | undefined> {
  return headOf(await getRow(rows, headSortKey(key)));
}

export async function readLog(rows: BucketRows, revision: number): Promise<LogRow | undefined> {
  return logOf(await getRow(rows, logSortKey(revision)));
}

/** Heads of all keys, in the order of keys. */
export async function listHeads(rows: BucketRows): Promise<readonly Head[]> {
  const items = await query(rows, { condition: 'begins_with(sk, :head)', values: { ':head': { S: 'head#' } } });
  return items.flatMap((item) => headOf(item) ?? []);
}

/** Log rows after one revision up to another, in order. */
export async function listLog(
  rows: BucketRows,
  after: number,
  upTo: number = Number.MAX_SAFE_INTEGER,
): Promise<readonly LogRow[]> {
  if (upTo <= after) return [];
  const items = await query(rows, {
    condition: 'sk BETWEEN :first AND :last',
    values: { ':first': { S: logSortKey(after + 1) }, ':last': { S: logSortKey(upTo) } },
  });
  return items.flatMap((item) => logOf(item) ?? []);
}

/** Log rows of so many revisions, at most 64; those that are gone are left out. */
export async function readLogs(rows: BucketRows, revisions: readonly number[]): Promise<readonly LogRow[]> {
  const { core, table } = rows;
  const found: LogRow[] = [];
  let keys = revisions.map((revision) => rowKey(rows, logSortKey(revision)));
  while (keys.length > 0) {
    const Keys = keys;
    const answer = await core.retry(() =>
      core.clients.dynamodb.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } }),
        {
          abortSignal: core.signal,
        },
      ),
    );
    found.push(...(answer.Responses?.[table] ?? []).flatMap((item) => logOf(item) ?? []));
    keys = answer.UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return found.sort((a, b) => a.entry.revision - b.entry.revision);
}

async function getRow(rows: BucketRows, sortKey: string): Promise<Item | undefined> {
  const { core, table } = rows;
  const command = new GetItemCommand({ TableName: table, Key: rowKey(rows, sortKey), ConsistentRead: true });
  const answer = await core.retry(() => core.clients.dynamodb.send(command, { abortSignal: core.signal }));
  return answer.Item;
}

async function query(
  rows: BucketRows,
  { condition, values }: { readonly condition: string; readonly values: Item },
): Promise<readonly Item[]> {
  const { core, table } = rows;
  const found: Item[] = [];
  let start: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: table,
      KeyConditionExpression: `pk = :pk AND ${condition}`,
      ExpressionAttributeValues: { ...values, ':pk': { S: `kv#${rows.bucket}` } },
      ConsistentRead: true,
      ExclusiveStartKey: start,
    });
    const page = await core.retry(() => core.clients.dynamodb.send(command, { abortSignal: core.signal }));
    found.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return found;
}

/** The attributes that head and log row share. */
export function recordItem({ entry, expiresAtMs, chunks, write }: Record): Item {
  return {
    key: { S: entry.key },
    rev: numeric(entry.revision),
    op: { S: entry.operation },
    value: { B: chunks === 0 ? entry.value : new Uint8Array() },
    chunks: numeric(chunks),
    write: { S: write },
    ...(expiresAtMs !== undefined && { expiresAt: numeric(expiresAtMs) }),
  };
}

function recordOf(item: Item | undefined): Record | undefined {
  const key = textOf(item, 'key');
  const revision = numberOf(item, 'rev');
  const operation = textOf(item, 'op');
  const value = item?.['value']?.B;
  const write = textOf(item, 'write');
  if (key === undefined || revision === undefined || value === undefined || write === undefined) return undefined;
  if (operation !== 'PUT' && operation !== 'DEL' && operation !== 'PURGE') return undefined;
  const expiresAtMs = numberOf(item, 'expiresAt');
  const chunks = numberOf(item, 'chunks') ?? 0;
  return {
    entry: { key, value, revision, operation },
    chunks,
    write,
    ...(expiresAtMs !== undefined && { expiresAtMs }),
  };
}

export function headOf(item: Item | undefined): Head | undefined {
  const record = recordOf(item);
  const kept = (item?.['kept']?.L ?? []).map(({ N }) => Number(N));
  return record && { ...record, kept, isChunked: item?.['isChunked']?.BOOL === true };
}

function logOf(item: Item | undefined): LogRow | undefined {
  const record = recordOf(item);
  const trimmedBy = numberOf(item, 'trimmedBy');
  return record && { ...record, ...(trimmedBy !== undefined && { trimmedBy }) };
}
