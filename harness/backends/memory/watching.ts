import { filterMatches, patternOf, subjectOf } from '#core';
import type { KvEntry, KvWatch } from '#core';
import { entryOf, nothing } from './bucket-state.ts';
import type { BucketState, Is, Watcher } from './bucket-state.ts';

/** Tells the initial values and where they end, then every update until it is stopped. */
export function startWatch(state: BucketState, watcher: Watcher): () => void {
  const { is, entries, watchers } = state;
  const options: Pick<KvWatch, 'include' | 'resumeFromRevision'> = is('watch-ignores-options') ? {} : watcher.watch;
  const { include = 'latest', resumeFromRevision } = options;
  if (include !== 'updates' || resumeFromRevision !== undefined) {
    const initial = [...entries.values()]
      .flatMap((kept) => (resumeFromRevision === undefined && include === 'latest' ? kept.slice(-1) : kept))
      .filter(({ revision }) => revision >= (resumeFromRevision ?? 0))
      .sort((a, b) => a.revision - b.revision);
    if (!is('no-initial-values')) for (const entry of initial) tell(watcher, entryOf(entry), is);
    if (!is('no-mark-when-empty') || initial.length > 0) watcher.tell('initial-done');
  }
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
}

export function notify(state: BucketState, entry: KvEntry, before: KvEntry | undefined): void {
  const { is } = state;
  if (is('watch-loses') && state.writes % 5 === 0) return;
  if (is('watch-skips-unchanged') && entry.value === before?.value) return;
  if (is('watch-skips-deletes') && entry.operation !== 'PUT') return;
  const ready = is('watch-swaps') ? swapped(state, entry) : [entry];
  for (const one of ready) tellAll(state, one);
  if (is('watch-repeats') && state.writes % 5 === 0) tellAll(state, entry);
}

function tellAll({ watchers, is }: BucketState, entry: KvEntry): void {
  for (const watcher of watchers) tell(watcher, entry, is);
}

/** Keeps an update back until the next one of another key has been told, or 10 ms have passed. */
function swapped(state: BucketState, entry: KvEntry): readonly KvEntry[] {
  const { held, clock } = state;
  clock.at(clock.epochMs() + 10, () => {
    if (state.held !== entry) return;
    state.held = undefined;
    tellAll(state, entry);
  });
  if (held?.key === entry.key) {
    state.held = entry;
    return [held];
  }
  state.held = held === undefined ? entry : undefined;
  return held === undefined ? [] : [entry, held];
}

function tell({ watch, tell }: Watcher, entry: KvEntry, is: Is): void {
  const options: Pick<KvWatch, 'ignoreDeletes' | 'metaOnly'> = is('watch-ignores-options') ? {} : watch;
  if (watch.filters !== undefined && !isWatched(watch.filters, entry.key, is)) return;
  if (options.ignoreDeletes === true && entry.operation === 'DEL') return;
  tell(options.metaOnly === true ? { ...entry, value: nothing } : entry);
}

function isWatched(filters: readonly string[], key: string, is: Is): boolean {
  if (is('watch-by-prefix')) return filters.some((filter) => key.startsWith(filter.split(/[*>]/)[0] ?? ''));
  return keyMatches(filters, key);
}

export function keyMatches(filters: readonly string[], key: string): boolean {
  return filters.some((filter) => filterMatches(patternOf(filter), subjectOf(key)));
}
