import { BatchGetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { logSortKey, readLogs, rowKey } from './kv-rows.ts';
import type { BucketRows, Record } from './kv-rows.ts';
import { numeric } from './table.ts';
import type { Item } from './table.ts';

/**
 * Bytes of a value that a row holds itself; an item has 400 KB with its names. What is larger lies in rows of its own.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const rowBytesMax = 350_000;

/** How many rows of its own a value needs, 0 where it fits beside the rest. */
export function chunksOf({ byteLength }: Uint8Array): number {
  return byteLength <= rowBytesMax ? 0 : Math.ceil(byteLength / rowBytesMax);
}

/** The rows that hold a large value. */
export function chunkItems(rows: BucketRows, value: Uint8Array, revision: number): TransactWriteItem[] {
  return Array.from({ length: chunksOf(value) }, (_, index) => ({
    Put: {
      TableName: rows.table,
      Item: {
        ...rowKey(rows, chunkSortKey(revision, index)),
        value: { B: value.subarray(index * rowBytesMax, (index + 1) * rowBytesMax) },
      },
    },
  }));
}

/** The entry with its value, wherever that lies. Chunks outlive the revision that they belong to. */
export async function entryOf(rows: BucketRows, { entry, chunks }: Record): Promise<Record['entry']> {
  if (chunks === 0) return entry;
  const { core, table } = rows;
  const found = new Map<string, Uint8Array>();
  let keys = chunkKeys(rows, entry.revision, chunks);
  while (keys.length > 0) {
    const command = new BatchGetItemCommand({ RequestItems: { [table]: { Keys: keys, ConsistentRead: true } } });
    const answer = await core.retry(() => core.clients.dynamodb.send(command, { abortSignal: core.signal }));
    for (const { sk, value } of answer.Responses?.[table] ?? []) {
      if (sk?.S !== undefined && value?.B !== undefined) found.set(sk.S, value.B);
    }
    keys = answer.UnprocessedKeys?.[table]?.Keys ?? [];
  }
  const parts = Array.from({ length: chunks }, (_, index) => found.get(chunkSortKey(entry.revision, index)));
  if (parts.includes(undefined)) throw new Error(`a part of '${entry.key}' at revision ${entry.revision} is missing`);
  return { ...entry, value: Buffer.concat(parts.flatMap((part) => part ?? [])) };
}

/** Lets DynamoDB delete the chunks of revisions that have left the history. */
export async function expireChunks(rows: BucketRows, trimmed: readonly number[], untilSeconds: number): Promise<void> {
  const { core, table } = rows;
  for (const { entry, chunks } of await readLogs(rows, trimmed)) {
    for (const Key of chunkKeys(rows, entry.revision, chunks)) {
      const command = new UpdateItemCommand({
        TableName: table,
        Key,
        UpdateExpression: 'SET #ttl = :ttl',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':ttl': numeric(untilSeconds) },
      });
      await core.retry(() => core.clients.dynamodb.send(command, { abortSignal: core.signal }));
    }
  }
}

function chunkKeys(rows: BucketRows, revision: number, chunks: number): Item[] {
  return Array.from({ length: chunks }, (_, index) => rowKey(rows, chunkSortKey(revision, index)));
}

function chunkSortKey(revision: number, index: number): string {
  return `chunk#${logSortKey(revision)}#${index}`;
}
