import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { cancellationCodes, isIndefinite } from '../aws-error.ts';
import { sleep } from '../clock.ts';
import { WrongRevisionError } from '../errors.ts';
import type { KvEntry } from '../kv.ts';
import { randomName } from '../name.ts';
import {
  bucketSortKey,
  headSortKey,
  logSortKey,
  readBucket,
  readHead,
  readLog,
  recordItem,
  rowKey,
} from './kv-rows.ts';
import type { BucketRow, BucketRows, Head, Record } from './kv-rows.ts';
import { chunkItems, chunksOf, expireChunks } from './kv-values.ts';
import { messageIdItems, readMessageId } from './kv-message-ids.ts';
import { numeric } from './table.ts';

export interface Write {
  readonly key: string;
  readonly operation: KvEntry['operation'];
  readonly value: Uint8Array;
  readonly ttlMs?: number;
  /** A write with the id of one of the last two minutes, of whatever key, changes nothing. */
  readonly messageId?: string;
  /** @throws WrongRevisionError where the key as it is does not allow the write. */
  readonly check: (head: Head | undefined, nowMs: number) => void;
}

/** What was written, and the bucket as it was just before. */
export interface Written {
  readonly revision: number;
  readonly bucket: BucketRow;
}

/** Writers of a bucket take turns; one that lost its turn so often gives up. */
const turnsMax = 500;
const pauseMaxMs = 200;

/** Rows out of the history are kept so long for watchers who have yet to read them. */
const trimmedKeptSeconds = 600;

/**
 * Writes one revision: counter, head and log row in one transaction, each on condition that it is as it was read. Who
 * comes second reads again. A transaction without an answer is repeated with its own token, and if it then seems to
 * fail, its log row tells whether it was the one that succeeded.
 */
export async function writeRevision(rows: BucketRows, write: Write): Promise<Written> {
  const { core } = rows;
  const id = randomName(core.random, 16);
  for (let turn = 1; turn <= turnsMax; turn += 1) {
    // The head first: read after the counter it could be of a revision that the counter does not know of yet.
    const head = await readHead(rows, write.key);
    const bucket = await readBucket(rows);
    if (bucket === undefined) throw new Error(`bucket '${rows.bucket}' has not been made`);
    if (head?.write === id) return { revision: head.entry.revision, bucket };
    const known = write.messageId === undefined ? undefined : await readMessageId(rows, write.messageId);
    if (known !== undefined) return { revision: known, bucket };
    const nowMs = core.clock.epochMs();
    write.check(head, nowMs);
    const revision = bucket.revision + 1;
    const record = recordOf(write, { bucket, revision, id, nowMs });
    const items = [
      ...itemsOf(rows, { bucket, head, record, nowMs }),
      ...chunkItems(rows, write.value, revision),
      ...messageIdItems(rows, write.messageId, revision),
    ];
    if (await transact(rows, { items, revision, id })) {
      const untilSeconds = Math.ceil(nowMs / 1000) + trimmedKeptSeconds;
      if (head?.isChunked === true) await expireChunks(rows, trimmedOf(head, bucket, record), untilSeconds);
      return { revision, bucket };
    }
    await sleep(core.clock, core.random() * Math.min(pauseMaxMs, 2 ** Math.min(turn, 10)), { signal: core.signal });
  }
  throw new Error(`could not write '${write.key}' in ${turnsMax} turns: others were first each time`);
}

/** Reverses nothing: `true` where the revision is this write's, `false` where others were first. */
async function transact(
  rows: BucketRows,
  { items, revision, id }: { readonly items: TransactWriteItem[]; readonly revision: number; readonly id: string },
): Promise<boolean> {
  const { core } = rows;
  const command = new TransactWriteItemsCommand({
    ClientRequestToken: randomName(core.random, 32),
    TransactItems: items,
  });
  let doubt = false;
  try {
    await core.retry(async () => {
      try {
        await core.clients.dynamodb.send(command, { abortSignal: core.signal });
      } catch (error) {
        doubt ||= isIndefinite(error);
        throw error;
      }
    });
    return true;
  } catch (error) {
    const lost = cancellationCodes(error)?.every((code) => passingCodes.has(code)) === true;
    if (!doubt && lost) return false;
    if (doubt && (await readLog(rows, revision))?.write === id) return true;
    if (lost) return false;
    throw error;
  }
}

/**
 * Somebody else's write was the cause, or a lack of capacity that passes.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
const passingCodes: ReadonlySet<string> = new Set([
  'None',
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
]);

function recordOf(
  { key, operation, value, ttlMs }: Write,
  {
    bucket,
    revision,
    id,
    nowMs,
  }: {
    readonly bucket: BucketRow;
    readonly revision: number;
    readonly id: string;
    readonly nowMs: number;
  },
): Record {
  const livesMs = ttlMs ?? bucket.ttlMs;
  return {
    entry: { key, value, revision, operation },
    chunks: chunksOf(value),
    write: id,
    ...(livesMs !== undefined && { expiresAtMs: nowMs + livesMs }),
  };
}

function itemsOf(
  rows: BucketRows,
  {
    bucket,
    head,
    record,
    nowMs,
  }: {
    readonly bucket: BucketRow;
    readonly head: Head | undefined;
    readonly record: Record;
    readonly nowMs: number;
  },
): TransactWriteItem[] {
  const { table: TableName } = rows;
  const { revision, key } = record.entry;
  const trimmed = trimmedOf(head, bucket, record);
  const kept = [...(head?.kept ?? []).slice(trimmed.length), revision];
  return [
    {
      Update: {
        TableName,
        Key: rowKey(rows, bucketSortKey),
        UpdateExpression: 'SET rev = :next',
        ConditionExpression: 'rev = :rev AND registrations = :registrations',
        ExpressionAttributeValues: {
          ':next': numeric(revision),
          ':rev': numeric(bucket.revision),
          ':registrations': numeric(bucket.registrations),
        },
      },
    },
    {
      Put: {
        TableName,
        Item: {
          ...rowKey(rows, headSortKey(key)),
          ...recordItem(record),
          kept: { L: kept.map(numeric) },
          isChunked: { BOOL: record.chunks > 0 || (head?.isChunked === true && kept.length > 1) },
        },
        ...(head === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'rev = :rev',
              ExpressionAttributeValues: { ':rev': numeric(head.entry.revision) },
            }),
      },
    },
    { Put: { TableName, Item: { ...rowKey(rows, logSortKey(revision)), ...recordItem(record) } } },
    ...trimmed.map((old) => ({
      Update: {
        TableName,
        Key: rowKey(rows, logSortKey(old)),
        UpdateExpression: 'SET trimmedBy = :rev, #ttl = :ttl',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':rev': numeric(revision),
          ':ttl': numeric(Math.ceil(nowMs / 1000) + trimmedKeptSeconds),
        },
      },
    })),
  ];
}

/** Revisions that the history has no more room for once this one is in it. */
function trimmedOf(head: Head | undefined, { history }: BucketRow, { entry }: Record): readonly number[] {
  const kept = head?.kept ?? [];
  return entry.operation === 'PURGE' ? kept : kept.slice(0, Math.max(0, kept.length + 1 - history));
}

/** Whether the key holds nothing that counts: never written, or written and expired. */
export function isGone(record: Record | undefined, nowMs: number): boolean {
  return record === undefined || (record.expiresAtMs !== undefined && record.expiresAtMs <= nowMs);
}

/** Refuses unless the key's last revision is this one; 0 stands for none. */
export function expectRevision(expected: number): Write['check'] {
  return (head, nowMs) => {
    const revision = isGone(head, nowMs) ? 0 : (head?.entry.revision ?? 0);
    if (revision !== expected) throw new WrongRevisionError(`the last revision is ${revision}, expected ${expected}`);
  };
}

/** Refuses where the key holds a value. */
export const expectAbsent: Write['check'] = (head, nowMs) => {
  if (isGone(head, nowMs) || head?.entry.operation !== 'PUT') return;
  throw new WrongRevisionError(`the key '${head.entry.key}' exists at revision ${head.entry.revision}`);
};
