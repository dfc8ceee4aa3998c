import { base64, bytesOf, DefiniteError } from '#core';
import type { Base64, Input, KvBucket, KvEntry } from '#core';
import { entryOf, lastOf, liveOf, nothing, write } from './bucket-state.ts';
import type { BucketState, Is, MemoryClock, Watcher } from './bucket-state.ts';
import { keyMatches, notify, startWatch } from './watching.ts';

export interface Bucket {
  readonly put: (input: Input<'kv.put'>) => number;
  readonly get: (key: string) => KvEntry | null;
  readonly create: (input: Input<'kv.create'>) => number;
  readonly update: (input: Input<'kv.update'>) => number;
  readonly remove: (input: Input<'kv.delete'>) => void;
  readonly purge: (input: Input<'kv.purge'>) => void;
  readonly history: (key: string) => readonly KvEntry[];
  readonly keys: (filters: readonly string[] | undefined) => readonly string[];
  readonly watch: (watcher: Watcher) => () => void;
}

export function createBucket(limits: KvBucket, clock: MemoryClock, is: Is): Bucket {
  const state: BucketState = {
    limits,
    clock,
    is,
    entries: new Map(),
    watchers: new Set(),
    notify: (entry, before) => notify(state, entry, before),
    revision: 0,
    writes: 0,
    held: undefined,
  };
  let puts = 0;
  return {
    put({ key, value }) {
      check(key, value, is);
      puts += 1;
      if (is('conflicts-at-random') && puts % 5 === 0) throw new DefiniteError('conflict');
      return write(state, { key, operation: 'PUT', value: trimmed(value, is) });
    },
    get(key) {
      const entry = liveOf(state, key);
      if (entry === undefined)
        return is('empty-for-missing') ? { key, value: nothing, revision: 0, operation: 'PUT' } : null;
      const older = is('stale-read') ? state.entries.get(key)?.at(-2) : undefined;
      return entryOf(older ?? entry);
    },
    create({ key, value, ttlMs }) {
      check(key, value, is);
      if (ttlMs !== undefined && limits.markerTtlMs === undefined) throw new DefiniteError('refused');
      const isBlocked = (is('marker-blocks-create') || is('expired-blocks-create')) && lastOf(state, key) !== undefined;
      if (!is('create-overwrites') && (isBlocked || liveOf(state, key) !== undefined)) {
        throw new DefiniteError('wrong-revision');
      }
      return write(state, {
        key,
        operation: 'PUT',
        value: trimmed(value, is),
        ttlMs: is('ignores-key-ttl') ? undefined : ttlMs,
      });
    },
    update({ key, value, revision }) {
      check(key, value, is);
      if (!is('update-overwrites')) expectRevision(state, key, revision);
      return write(state, { key, operation: 'PUT', value: trimmed(value, is) });
    },
    remove({ key, revision }) {
      check(key, nothing, is);
      if (revision !== undefined) expectRevision(state, key, revision);
      write(state, { key, operation: 'DEL', value: nothing });
    },
    purge({ key, ttlMs }) {
      check(key, nothing, is);
      write(state, { key, operation: 'PURGE', value: nothing, ttlMs });
    },
    history: (key) => (state.entries.get(key) ?? []).map(entryOf),
    keys: (filters) =>
      [...state.entries.keys()]
        .filter((key) => is('lists-deleted') || liveOf(state, key) !== undefined)
        .filter((key) => filters === undefined || keyMatches(filters, key))
        .sort(),
    watch: (watcher) => startWatch(state, watcher),
  };
}

function expectRevision(state: BucketState, key: string, expected: number): void {
  if ((lastOf(state, key)?.revision ?? 0) !== expected) throw new DefiniteError('wrong-revision');
}

/** As the NATS server's own default. */
const valueBytesMax = 1_048_576;

/** What the client refuses, and what it lets pass and the server drops: `a..b` is a subject that nobody answers for. */
function check(key: string, value: Base64, is: Is): void {
  if (bytesOf(value).length > (is('caps-value') ? 400_000 : valueBytesMax)) throw new DefiniteError('too-large');
  if (is('any-key')) return;
  if (!/^[-/=.\w]+$/.test(key) || key.startsWith('.') || key.endsWith('.')) throw new DefiniteError('invalid-key');
  if (key.includes('..')) throw new DefiniteError('no-responders');
}

function trimmed(value: Base64, is: Is): Base64 {
  if (!is('trims-value')) return value;
  const bytes = bytesOf(value);
  return base64(bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1));
}
