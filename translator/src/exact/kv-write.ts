import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { CancellationReason, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { cancellationReasons, isIndefinite } from '../aws-error.ts';
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
import { messageIdItems, readMessageId, revisionOf } from './kv-message-ids.ts';
import { learn, remember } from './kv-known.ts';
import type { Known } from './kv-known.ts';
import { tellItem } from './conditional.ts';
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

/** What was written, unless it was there already, and the bucket as it was just before. */
export interface Written {
  readonly revision: number;
  readonly bucket: BucketRow;
  readonly record?: Record;
}

/** Writers of a bucket take turns; one that lost its turn so often gives up. */
const turnsMax = 500;
const pauseMaxMs = 200;

/** Rows out of the history are kept so long for watchers who have yet to read them. */
const trimmedKeptSeconds = 600;

/**
 * Writes one revision: counter, head and log row in one transaction, each on condition that it is as it was last seen, a
 * key not seen yet that it is new. Who comes second is told what is there and tries again. A transaction without an answer is repeated with its own token, and
 * if it then seems to fail, its log row tells whether it was the one that succeeded.
 */
export async function writeRevision(rows: BucketRows, known: Known, write: Write): Promise<Written> {
  const { core } = rows;
  const id = randomName(core.random, 16);
  let isTold = false;
  for (let turn = 1; turn <= turnsMax; turn += 1) {
    const head = known.heads.get(write.key);
    const bucket = isAsOf(known.bucket, head) ? known.bucket : await readBucket(rows);
    if (bucket === undefined) throw new Error(`bucket '${rows.bucket}' has not been made`);
    if (head?.write === id) return { revision: head.entry.revision, bucket };
    const nowMs = core.clock.epochMs();
    const refusal = refusalOf(write, head, nowMs);
    if (refusal !== undefined && !isTold) {
      remember(known, write.key, await readHead(rows, write.key));
      isTold = true;
      continue;
    }
    if (refusal !== undefined) return { revision: await knownRevision(rows, write, refusal.error), bucket };
    const revision = bucket.revision + 1;
    const record = recordOf(write, { bucket, revision, id, nowMs });
    const next = headAfter(head, bucket, record);
    const ids = messageIdItems(rows, write.messageId, revision);
    const items = [...itemsOf(rows, { bucket, head, next, nowMs }), ...chunkItems(rows, write.value, revision), ...ids];
    const result = await transact(rows, { items, revision, id });
    if (result.done) {
      known.bucket = { ...bucket, revision };
      remember(known, write.key, next);
      const untilSeconds = Math.ceil(nowMs / 1000) + trimmedKeptSeconds;
      if (head?.isChunked === true) await expireChunks(rows, trimmedOf(head, bucket, record), untilSeconds);
      return { revision, bucket, record };
    }
    isTold = learn(known, write.key, result.reasons);
    const before = ids.length === 0 ? undefined : revisionOf(rows, result.reasons.at(-1)?.Item);
    if (before !== undefined) return { revision: before, bucket };
    await sleep(core.clock, core.random() * Math.min(pauseMaxMs, 2 ** Math.min(turn, 10)), { signal: core.signal });
  }
  throw new Error(`could not write '${write.key}' in ${turnsMax} turns: others were first each time`);
}

/** Whether the bucket was seen no earlier than the head: its counter knows of the head's revision. */
function isAsOf(bucket: BucketRow | undefined, head: Head | undefined): bucket is BucketRow {
  return bucket !== undefined && bucket.revision >= (head?.entry.revision ?? 0);
}

function refusalOf(write: Write, head: Head | undefined, nowMs: number): { readonly error: unknown } | undefined {
  try {
    write.check(head, nowMs);
    return undefined;
  } catch (error) {
    return { error };
  }
}

/** A message whose id is known changes nothing, whatever else would refuse it. */
async function knownRevision(rows: BucketRows, { messageId }: Write, refusal: unknown): Promise<number> {
  const revision = messageId === undefined ? undefined : await readMessageId(rows, messageId);
  if (revision === undefined) throw refusal;
  return revision;
}

type Transacted = { readonly done: true } | { readonly done: false; readonly reasons: readonly CancellationReason[] };

/** Not done: others were first. */
async function transact(
  rows: BucketRows,
  { items, revision, id }: { readonly items: TransactWriteItem[]; readonly revision: number; readonly id: string },
): Promise<Transacted> {
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
    return { done: true };
  } catch (error) {
    const reasons = cancellationReasons(error);
    const isLost = reasons?.every(({ Code = 'None' }) => passingCodes.has(Code)) === true;
    if (doubt && (await readLog(rows, revision))?.write === id) return { done: true };
    if (reasons !== undefined && isLost) return { done: false, reasons };
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

function headAfter(head: Head | undefined, bucket: BucketRow, record: Record): Head {
  const trimmed = trimmedOf(head, bucket, record);
  const kept = [...(head?.kept ?? []).slice(trimmed.length), record.entry.revision];
  return { ...record, kept, isChunked: record.chunks > 0 || (head?.isChunked === true && kept.length > 1) };
}

/** The bucket's row first, then the head. */
function itemsOf(
  rows: BucketRows,
  {
    bucket,
    head,
    next,
    nowMs,
  }: {
    readonly bucket: BucketRow;
    readonly head: Head | undefined;
    readonly next: Head;
    readonly nowMs: number;
  },
): TransactWriteItem[] {
  const { table: TableName } = rows;
  const { revision, key } = next.entry;
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
        ...tellItem,
      },
    },
    {
      Put: {
        TableName,
        Item: {
          ...rowKey(rows, headSortKey(key)),
          ...recordItem(next),
          kept: { L: next.kept.map(numeric) },
          isChunked: { BOOL: next.isChunked },
        },
        ...(head === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'rev = :rev',
              ExpressionAttributeValues: { ':rev': numeric(head.entry.revision) },
            }),
        ...tellItem,
      },
    },
    { Put: { TableName, Item: { ...rowKey(rows, logSortKey(revision)), ...recordItem(next) } } },
    ...trimmedOf(head, bucket, next).map((old) => ({
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
