import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Header } from '../connection.ts';
import { InvalidBucketError, InvalidKeyError } from '../errors.ts';
import type { Kv, KvEntry, KvOptions } from '../kv.ts';
import { createSerial } from '../serial.ts';
import { patternTokens, subjectMatches } from '../subject.ts';
import { conditional } from './conditional.ts';
import type { Core } from './core.ts';
import type { InboxSender } from './inbox.ts';
import { bucketSortKey, listHeads, readBucket, readHead, readLogs, rowKey } from './kv-rows.ts';
import type { BucketRow, BucketRows } from './kv-rows.ts';
import { entryOf } from './kv-values.ts';
import { startWatch } from './kv-watch.ts';
import type { Watch } from './kv-watch.ts';
import { expectAbsent, expectRevision, isGone, writeRevision } from './kv-write.ts';
import type { Write } from './kv-write.ts';
import { checkPayload } from './parts.ts';
import { numeric } from './table.ts';

/** The buckets that a connection has opened. */
export interface Buckets {
  readonly open: (bucket: string, options: KvOptions) => Promise<Kv>;
  /** Writes what is published to a subject of a bucket's stream, `$KV.<bucket>.<key>`, where there is such a bucket. */
  readonly onPublish: (subject: string, payload: Uint8Array, headers: readonly Header[]) => Promise<void>;
  readonly onHint: (bucket: string) => void;
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
  return {
    open: async (bucket, options) => {
      checkName(bucket);
      const rows: BucketRows = { core, table: parts.table, bucket };
      await makeBucket(rows, options);
      return bucketOf(rows, parts, watches);
    },
    onPublish: (subject, payload, headers) => writePublished(core, parts, { subject, payload, headers }),
    onHint: (bucket) => {
      for (const watch of watches) if (watch.bucket === bucket) watch.wake();
    },
    onTick: async () => {
      await Promise.all(watches.values().map((watch) => watch.renew()));
      for (const watch of watches) watch.wake();
    },
    close: async () => {
      await Promise.all(watches.values().map((watch) => watch.stop()));
    },
  };
}

const any: Write['check'] = () => undefined;

/** @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md */
async function writePublished(
  core: Core,
  parts: Parts,
  {
    subject,
    payload,
    headers,
  }: { readonly subject: string; readonly payload: Uint8Array; readonly headers: readonly Header[] },
): Promise<void> {
  const [root, bucket, ...tokens] = subject.split('.');
  if (root !== '$KV' || bucket === undefined || tokens.length === 0) return;
  const rows: BucketRows = { core, table: parts.table, bucket };
  if ((await readBucket(rows)) === undefined) return;
  const header = (wanted: string): string | undefined => headers.find(([name]) => name === wanted)?.[1];
  const operation = header('KV-Operation');
  const messageId = header('Nats-Msg-Id');
  const expected = header('Nats-Expected-Last-Subject-Sequence');
  await writeAndHint(rows, parts, {
    key: tokens.join('.'),
    value: payload,
    operation: operation === 'DEL' || operation === 'PURGE' ? operation : 'PUT',
    ...(messageId !== undefined && { messageId }),
    check: expected === undefined ? any : expectRevision(Number(expected)),
  });
}

async function writeAndHint(rows: BucketRows, { toInbox }: Parts, change: Write): Promise<number> {
  checkKey(change.key);
  checkPayload(change.value);
  const { revision, bucket } = await writeRevision(rows, change);
  await hint(rows, toInbox, bucket);
  return revision;
}

/** Makes the bucket where it is missing; who comes second gets what is there. */
async function makeBucket(rows: BucketRows, { history = 1, ttlMs, markerTtlMs }: KvOptions): Promise<void> {
  const { core, table } = rows;
  if (!Number.isInteger(history) || history < 1 || history > 64) {
    throw new RangeError(`history '${history}' is not a whole number from 1 to 64`);
  }
  const command = new PutItemCommand({
    TableName: table,
    Item: {
      ...rowKey(rows, bucketSortKey),
      rev: numeric(0),
      history: numeric(history),
      registrations: numeric(0),
      watchers: { M: {} },
      ...(ttlMs !== undefined && { ttlMs: numeric(ttlMs) }),
      ...(markerTtlMs !== undefined && { markerTtlMs: numeric(markerTtlMs) }),
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  await conditional(core, () => core.clients.dynamodb.send(command, { abortSignal: core.signal }));
}

function bucketOf(rows: BucketRows, parts: Parts, watches: Set<Watch>): Kv {
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
async function hint({ core, bucket }: BucketRows, toInbox: InboxSender, { watchers }: BucketRow): Promise<void> {
  const nowMs = core.clock.epochMs();
  const live = [...watchers].filter(([, untilMs]) => untilMs > nowMs);
  await Promise.all(live.map(([inbox]) => toInbox.hint(inbox, bucket).catch(core.onError)));
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
