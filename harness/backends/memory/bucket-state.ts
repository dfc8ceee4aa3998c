import type { VirtualClock } from 'parallax-emulator';
import { utf8 } from '#core';
import type { KvBucket, KvEntry, KvWatch } from '#core';
import type { MutantName } from './mutants.ts';

export type MemoryClock = Pick<VirtualClock, 'epochMs' | 'at'>;
export type Is = (mutant: MutantName) => boolean;

export interface Kept extends KvEntry {
  readonly revision: number;
  readonly expiresAtMs: number;
}

export interface Watcher {
  readonly watch: KvWatch;
  readonly tell: (update: KvEntry | 'initial-done') => void;
}

/** For each key its kept entries, oldest first, and a revision that all keys share. */
export interface BucketState {
  readonly limits: KvBucket;
  readonly clock: MemoryClock;
  readonly is: Is;
  readonly entries: Map<string, readonly Kept[]>;
  readonly watchers: Set<Watcher>;
  /** Tells the watchers of an entry that was written after `before`. */
  readonly notify: (entry: KvEntry, before: KvEntry | undefined) => void;
  revision: number;
  /** Of entries written, for mutants that fail now and then. */
  writes: number;
  /** What a mutant keeps back. */
  held: KvEntry | undefined;
}

export const nothing = utf8('');

export function lastOf(state: BucketState, key: string): Kept | undefined {
  return state.entries.get(key)?.at(-1);
}

/** The entry that a read sees: the last, if it is a value. */
export function liveOf(state: BucketState, key: string): Kept | undefined {
  const entry = lastOf(state, key);
  return entry?.operation === 'PUT' ? entry : undefined;
}

export function entryOf({ key, value, revision, operation }: Kept): KvEntry {
  return { key, value, revision, operation };
}

/** Appends an entry to its key's, as far as the bucket keeps them, and tells those who watch. Answers the revision. */
export function write(
  state: BucketState,
  {
    key,
    operation,
    value,
    ttlMs,
  }: Pick<KvEntry, 'key' | 'operation' | 'value'> & { readonly ttlMs?: number | undefined },
): number {
  const { limits, clock, is, entries } = state;
  const before = lastOf(state, key);
  const dueMs = clock.epochMs() + lifetimeMs(limits, ttlMs) + (is('expires-late') ? 600_000 : 0);
  const kept = { key, operation, value, revision: nextRevision(state, key), expiresAtMs: dueMs };
  const older = operation === 'PURGE' && !is('purge-as-delete') ? [] : (entries.get(key) ?? []);
  const depth = (limits.history ?? 1) + (is('keeps-one-more') ? 1 : 0);
  entries.set(key, [...older, kept].slice(-depth));
  if (operation === 'DEL' && is('delete-removes')) entries.delete(key);
  if (dueMs !== Infinity) clock.at(dueMs, () => expire(state, key), 'idle');
  if (!(operation === 'DEL' && is('delete-removes'))) state.notify(entryOf(kept), before);
  return kept.revision;
}

function nextRevision(state: BucketState, key: string): number {
  const { is } = state;
  state.writes += 1;
  if (is('revision-per-key')) return (lastOf(state, key)?.revision ?? 0) + 1;
  if (is('reuses-revision') && state.writes % 5 === 0) return state.revision;
  state.revision += 1;
  return state.revision;
}

/** Values go when they are due; where markers are kept, one tells of it. */
function expire(state: BucketState, key: string): void {
  const { entries, clock, limits, is } = state;
  const kept = entries.get(key) ?? [];
  const left = kept.filter(({ expiresAtMs }) => expiresAtMs > clock.epochMs());
  if (left.length === kept.length) return;
  entries.set(key, left);
  const gone = kept.at(-1);
  if (left.length > 0 || gone?.operation !== 'PUT') return;
  if (is('expired-blocks-create')) entries.set(key, [{ ...gone, operation: 'DEL', expiresAtMs: Infinity }]);
  else if (limits.markerTtlMs !== undefined) {
    write(state, { key, operation: 'PURGE', value: nothing, ttlMs: limits.markerTtlMs });
  }
}

/**
 * A time to live below that of markers is raised to it, unless one value a key is kept.
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-43.md
 */
function lifetimeMs({ ttlMs = Infinity, markerTtlMs = 0, history = 1 }: KvBucket, keyMs: number | undefined): number {
  if (keyMs === undefined) return ttlMs;
  return history === 1 ? keyMs : Math.max(keyMs, markerTtlMs);
}
