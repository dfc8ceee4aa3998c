import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Header } from '../connection.ts';
import { InvalidBucketError, InvalidKeyError } from '../errors.ts';
import type { Kv, KvEntry, KvOptions } from '../kv.ts';
import { createSerial } from '../serial.ts';
import { patternTokens, subjectMatches } from '../subject.ts';
import { conditional, tellItem } from './conditional.ts';
import type { Core } from './core.ts';
import type { InboxSender } from './inbox.ts';
import type { Hint } from './kv-hint.ts';
import { createKnown } from './kv-known.ts';
import type { Known } from './kv-known.ts';
import { bucketOf, bucketSortKey, listHeads, readBucket, readHead, readLogs, rowKey } from './kv-rows.ts';
import type { BucketRow, BucketRows } from './kv-rows.ts';
import { entryOf } from './kv-values.ts';
import { startWatch } from './kv-watch.ts';
import type { Watch } from './kv-watch.ts';
import { expectAbsent, expectRevision, isGone, writeRevision } from './kv-write.ts';
import type { Write, Written } from './kv-write.ts';
import { checkPayload } from './parts.ts';
import { numeric } from './table.ts';
import type { Item } from './table.ts';

/** The buckets that a connection has opened. */
export interface Buckets {
  readonly open: (bucket: string, options: KvOptions) => Promise<Kv>;
  /** Writes what is published to a subject of a bucket's stream, `$KV.<bucket>.<key>`, where there is such a bucket. */
  readonly onPublish: (subject: string, payload: Uint8Array, headers: readonly Header[]) => Promise<void>;
  readonly onHint: (hint: Hint) => void;
  readonly onTick: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Parts {
  readonly table: string;
  readonly toInbox: InboxSender;
  readonly inboxName: () => Promise<string>;
}

export function createBuckets(core: Core, parts: Parts): Buckets {
  const watches = new Set<Watch>();
  const buckets = new Map<string, Bucket>();

  /** What is known of a bucket holds for all who use it on this connection. */
  function bucketFor(name: string): Bucket {
    const bucket = buckets.get(name) ?? { core, table: parts.table, bucket: name, known: createKnown() };
    buckets.set(name, bucket);
    return bucket;
  }

  return {
    open: async (name, options) => {
      checkName(name);
      const bucket = bucketFor(name);
      bucket.known.bucket = await makeBucket(bucket, options);
      return kvOf(bucket, parts, watches);
    },
    onPublish: (subject, payload, headers) => writePublished(bucketFor, parts, { subject, payload, headers }),
    onHint: ({ bucket, row }) => {
      for (const watch of watches) if (watch.bucket === bucket) watch.hear(row);
    },
    onTick: async () => {
      await Promise.all(watches.values().map((watch) => watch.tick()));
    },
    close: async () => {
      await Promise.all(watches.values().map((watch) => watch.stop()));
    },
  };
}

interface Bucket extends BucketRows {
  readonly known: Known;
}

const any: Write['check'] = () => undefined;

/** @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md */
async function writePublished(
  bucketFor: (name: string) => Bucket,
  parts: Parts,
  {
    subject,
    payload,
    headers,
  }: { readonly subject: string; readonly payload: Uint8Array; readonly headers: readonly Header[] },
): Promise<void> {
  const [root, name, ...tokens] = subject.split('.');
  if (root !== '$KV' || name === undefined || tokens.length === 0) return;
  const bucket = bucketFor(name);
  bucket.known.bucket ??= await readBucket(bucket);
  if (bucket.known.bucket === undefined) return;
  const header = (wanted: string): string | undefined => headers.find(([name]) => name === wanted)?.[1];
  const operation = header('KV-Operation');
  const messageId = header('Nats-Msg-Id');
  const expected = header('Nats-Expected-Last-Subject-Sequence');
  await writeAndHint(bucket, parts, {
    key: tokens.join('.'),
    value: payload,
    operation: operation === 'DEL' || operation === 'PURGE' ? operation : 'PUT',
    ...(messageId !== undefined && { messageId }),
    check: expected === undefined ? any : expectRevision(Number(expected)),
  });
}

async function writeAndHint(bucket: Bucket, { toInbox }: Parts, change: Write): Promise<number> {
  checkKey(change.key);
  checkPayload(change.value);
  const written = await writeRevision(bucket, bucket.known, change);
  await hint(bucket, toInbox, written);
  return written.revision;
}

/** Makes the bucket where it is missing; who comes second gets what is there. */
async function makeBucket(
  rows: BucketRows,
  { history = 1, ttlMs, markerTtlMs }: KvOptions,
): Promise<BucketRow | undefined> {
  const { core, table } = rows;
  if (!Number.isInteger(history) || history < 1 || history > 64) {
    throw new RangeError(`history '${history}' is not a whole number from 1 to 64`);
  }
  const item: Item = {
    ...rowKey(rows, bucketSortKey),
    rev: numeric(0),
    history: numeric(history),
    registrations: numeric(0),
    watchers: { M: {} },
    ...(ttlMs !== undefined && { ttlMs: numeric(ttlMs) }),
    ...(markerTtlMs !== undefined && { markerTtlMs: numeric(markerTtlMs) }),
  };
  const command = new PutItemCommand({
    TableName: table,
    Item: item,
    ConditionExpression: 'attribute_not_exists(pk)',
    ...tellItem,
  });
  const outcome = await conditional(core, () => core.clients.dynamodb.send(command, { abortSignal: core.signal }));
  return bucketOf(outcome.written ? item : outcome.item);
}

function kvOf(rows: Bucket, parts: Parts, watches: Set<Watch>): Kv {
  const turns = createSerial();
  const now = (): number => rows.core.clock.epochMs();
  const empty = new Uint8Array();

  const write = (change: Write): Promise<number> => turns.run(() => writeAndHint(rows, parts, change));
  return {
    put: (key, value) => write({ key, value, operation: 'PUT', check: any }),
    create: (key, value, { ttlMs } = {}) =>
      write({ key, value, operation: 'PUT', check: expectAbsent, ...(ttlMs !== undefined && { ttlMs }) }),
    update: (key, value, revision) => write({ key, value, operation: 'PUT', check: expectRevision(revision) }),
    delete: async (key, { revision } = {}) => {
      const check = revision === undefined ? any : expectRevision(revision);
      await write({ key, value: empty, operation: 'DEL', check });
    },
    purge: async (key, { ttlMs } = {}) => {
      await write({ key, value: empty, operation: 'PURGE', check: any, ...(ttlMs !== undefined && { ttlMs }) });
    },
    get: async (key) => {
      checkKey(key);
      const head = await readHead(rows, key);
      if (head === undefined || isGone(head, now()) || head.entry.operation !== 'PUT') return null;
      return entryOf(rows, head);
    },
    history: async (key): Promise<readonly KvEntry[]> => {
      checkKey(key);
      const head = await readHead(rows, key);
      const kept = await readLogs(rows, head?.kept ?? []);
      return Promise.all(kept.filter((row) => !isGone(row, now())).map((row) => entryOf(rows, row)));
    },
    keys: async ({ filters = ['>'] } = {}) => {
      for (const filter of filters) patternTokens(filter);
      const heads = await listHeads(rows);
      return heads
        .filter((head) => !isGone(head, now()) && head.entry.operation === 'PUT')
        .map(({ entry }) => entry.key)
        .filter((key) => filters.some((filter) => subjectMatches(filter, key)))
        .sort();
    },
    watch: async (options) => {
      for (const filter of options.filters ?? []) patternTokens(filter);
      const watch = await startWatch(rows, { options, inboxName: await parts.inboxName(), write });
      watches.add(watch);
      watch.wake();
      return {
        stop: async () => {
          watches.delete(watch);
          await watch.stop();
        },
      };
    },
  };
}

/** Tells those who watch; one that is not told looks within 20 s by itself. */
async function hint({ core, bucket: name }: Bucket, toInbox: InboxSender, { bucket, record }: Written): Promise<void> {
  const nowMs = core.clock.epochMs();
  const live = [...bucket.watchers].filter(([, untilMs]) => untilMs > nowMs);
  const news: Hint = { bucket: name, ...(record !== undefined && { row: record }) };
  await Promise.all(live.map(([inbox]) => toInbox.hint(inbox, news).catch(core.onError)));
}

/** Letters, digits and `- / = . _`, no dot at either end and no two together, as the NATS client and server together allow. */
function checkKey(key: string): void {
  if (!/^[-/=.\w]+$/.test(key) || key.startsWith('.') || key.endsWith('.') || key.includes('..')) {
    throw new InvalidKeyError(`key '${key}' is not valid, expected letters, digits and - / = . _ without empty tokens`);
  }
}

function checkName(bucket: string): void {
  if (!/^[-\w]+$/.test(bucket)) {
    throw new InvalidBucketError(`bucket '${bucket}' is not valid, expected letters, digits, - and _`);
  }
}
