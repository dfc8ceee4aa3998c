import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { KvWatchOptions } from '../kv.ts';
import { createSerial } from '../serial.ts';
import { subjectMatches } from '../subject.ts';
import { WrongRevisionError } from '../errors.ts';
import { conditional } from './conditional.ts';
import { leaseMs, renewAfterMs } from './core.ts';
import { bucketOf, bucketSortKey, listLog, readBucket, rowKey } from './kv-rows.ts';
import type { BucketRow, BucketRows, LogRow } from './kv-rows.ts';
import { entryOf } from './kv-values.ts';
import { isGone } from './kv-write.ts';
import type { Write } from './kv-write.ts';
import { numeric } from './table.ts';

/** A watch of one bucket. */
export interface Watch {
  readonly bucket: string;
  /** Looks for what is new. */
  readonly wake: () => void;
  /** Is told of what a writer says is new, and looks where more must be. */
  readonly hear: (row: LogRow | undefined) => void;
  /** At least every 20 s: extends the lease, and looks where it has not for long. */
  readonly tick: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface State {
  readonly rows: BucketRows;
  readonly options: KvWatchOptions;
  readonly inboxName: string;
  readonly write: (change: Write) => Promise<number>;
  /** All revisions up to this one have been looked at. */
  cursor: number;
  lookedMs: number;
  markerTtlMs: number | undefined;
  stopped: boolean;
  /** Keys that will expire: revision, and what calls off the wait. */
  readonly expiries: Map<string, { readonly revision: number; readonly cancel: () => void }>;
}

/**
 * Registers as a watcher, reads the log up to the revision of that moment, then all that comes after, in order.
 *
 * The counter is read before the log: revisions up to it were written with it in one transaction, so that a consistent
 * query that begins later sees all of them. A writer commits only if no watcher has registered since it looked, so
 * that each revision after the first read brings a hint.
 */
export async function startWatch(
  rows: BucketRows,
  options: Pick<State, 'options' | 'inboxName' | 'write'>,
): Promise<Watch> {
  const { core } = rows;
  const first = await register(rows, options.inboxName);
  const state: State = {
    rows,
    ...options,
    cursor: first.revision,
    lookedMs: core.clock.epochMs(),
    markerTtlMs: first.markerTtlMs,
    stopped: false,
    expiries: new Map(),
  };
  const looks = createSerial();
  let renewedMs = core.clock.epochMs();
  let waiting = false;

  await looks.run(() => initial(state, first));

  function wake(): void {
    if (waiting || state.stopped) return;
    waiting = true;
    looks
      .run(() => {
        waiting = false;
        return look(state);
      })
      .catch(core.onError);
  }

  return {
    bucket: rows.bucket,
    wake,
    hear: (row) => {
      if (row === undefined) wake();
      else looks.run(() => hear(state, row)).catch(core.onError);
    },
    tick: async () => {
      const nowMs = core.clock.epochMs();
      if (state.stopped) return;
      if (nowMs - state.lookedMs >= renewAfterMs) wake();
      if (nowMs - renewedMs < renewAfterMs) return;
      const lapsesMs = renewedMs + leaseMs;
      renewedMs = nowMs;
      await register(rows, options.inboxName);
      // Who wrote while the lease had ended sent no hint.
      if (core.clock.epochMs() >= lapsesMs) wake();
    },
    stop: async () => {
      if (state.stopped) return;
      state.stopped = true;
      for (const { cancel } of state.expiries.values()) cancel();
      await looks.idle();
    },
  };
}

/** Enters the watcher in the bucket's row, extends its lease, and drops one whose lease has ended. */
async function register(rows: BucketRows, inboxName: string): Promise<BucketRow> {
  const { core, table } = rows;
  const nowMs = core.clock.epochMs();
  const command = new UpdateItemCommand({
    TableName: table,
    Key: rowKey(rows, bucketSortKey),
    UpdateExpression: 'SET watchers.#me = :until, registrations = registrations + :one',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#me': inboxName },
    ExpressionAttributeValues: { ':until': numeric(nowMs + leaseMs), ':one': numeric(1) },
    ReturnValues: 'ALL_NEW',
  });
  const { Attributes } = await core.retry(() => core.clients.dynamodb.send(command, { abortSignal: core.signal }));
  const row = bucketOf(Attributes);
  if (row === undefined) throw new Error(`bucket '${rows.bucket}' has not been made`);
  const dead = row.watchers.entries().find(([, untilMs]) => untilMs <= nowMs)?.[0];
  if (dead !== undefined) await drop(rows, dead, nowMs);
  return row;
}

/** Unless it has renewed its lease in the meantime. */
async function drop(rows: BucketRows, inboxName: string, nowMs: number): Promise<void> {
  const { core, table } = rows;
  const command = new UpdateItemCommand({
    TableName: table,
    Key: rowKey(rows, bucketSortKey),
    UpdateExpression: 'REMOVE watchers.#dead',
    ConditionExpression: 'watchers.#dead <= :now',
    ExpressionAttributeNames: { '#dead': inboxName },
    ExpressionAttributeValues: { ':now': numeric(nowMs) },
  });
  await conditional(core, () => core.clients.dynamodb.send(command, { abortSignal: core.signal }));
}

/** What was there when the watch began, and the sign that this was all. */
async function initial(state: State, { revision }: BucketRow): Promise<void> {
  const { options, rows, markerTtlMs } = state;
  const from = options.resumeFromRevision;
  const include = from === undefined ? (options.include ?? 'latest') : 'history';
  if (include !== 'updates' || markerTtlMs !== undefined) {
    const nowMs = rows.core.clock.epochMs();
    const held = (await listLog(rows, 0, revision)).filter(
      (row) => !isGone(row, nowMs) && (row.trimmedBy === undefined || row.trimmedBy > revision),
    );
    const last = new Map(held.map((row) => [row.entry.key, row]));
    for (const row of held) {
      const isLast = last.get(row.entry.key) === row;
      if (isLast) expect(state, row);
      const wanted = include === 'history' || (include === 'latest' && isLast);
      if (wanted && row.entry.revision >= (from ?? 0)) await tell(state, row);
    }
  }
  if (!state.stopped && include !== 'updates') options.onUpdate('initial-done');
}

/** The next revision is told of at once; a later one shows that others are to be read. */
async function hear(state: State, row: LogRow): Promise<void> {
  const { revision } = row.entry;
  if (revision === state.cursor + 1) await take(state, row);
  else if (revision > state.cursor) await look(state);
}

/**
 * Everything since the last look. Where a revision is missing, it has left the log, or the query saw a transaction in
 * part: then the counter, read first, says up to where all there is can be read.
 */
async function look(state: State): Promise<void> {
  const { rows, cursor } = state;
  state.lookedMs = rows.core.clock.epochMs();
  const found = await listLog(rows, cursor);
  const isWhole = found.every(({ entry }, index) => entry.revision === cursor + 1 + index);
  const upTo = isWhole ? undefined : (await readBucket(rows))?.revision;
  for (const row of upTo === undefined ? found : await listLog(rows, cursor, upTo)) await take(state, row);
  if (upTo !== undefined) state.cursor = upTo;
}

async function take(state: State, row: LogRow): Promise<void> {
  expect(state, row);
  await tell(state, row);
  state.cursor = row.entry.revision;
}

async function tell(state: State, row: LogRow): Promise<void> {
  const { options, rows } = state;
  const { entry } = row;
  const { filters = ['>'], ignoreDeletes, metaOnly, onUpdate } = options;
  if (state.stopped || (ignoreDeletes === true && entry.operation === 'DEL')) return;
  if (!filters.some((filter) => subjectMatches(filter, entry.key))) return;
  const told = metaOnly === true ? { ...entry, value: new Uint8Array() } : await entryOf(rows, row);
  if (!state.stopped) onUpdate(told);
}

/**
 * Where the bucket marks expiries, waits for the one of this revision and writes its marker, unless the key has
 * changed or another watcher was first.
 */
function expect(state: State, { entry, expiresAtMs }: LogRow): void {
  const { markerTtlMs } = state;
  if (markerTtlMs === undefined || state.stopped) return;
  const { core } = state.rows;
  const { key, revision } = entry;
  state.expiries.get(key)?.cancel();
  state.expiries.delete(key);
  if (expiresAtMs === undefined || entry.operation !== 'PUT') return;
  const cancel = core.clock.at(expiresAtMs, () => {
    state.expiries.delete(key);
    state
      .write({
        key,
        operation: 'PURGE',
        value: new Uint8Array(),
        ttlMs: markerTtlMs,
        check: (head) => {
          if (head?.entry.revision !== revision) throw new WrongRevisionError(`the key '${key}' has changed`);
        },
      })
      .catch((error: unknown) => {
        if (!(error instanceof WrongRevisionError)) core.onError(error);
      });
  });
  state.expiries.set(key, { revision, cancel });
}
