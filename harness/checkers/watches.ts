import { filterMatches, patternOf, subjectOf } from '#core';
import type { KvEntry, KvWatch, ReceiverId } from '#core';
import { operationsOf } from './index-history.ts';
import type { HistoryIndex } from './index-history.ts';
import type { Write } from './key-writes.ts';
import type { Operation } from './operation.ts';

/** What a watch told, in its order. */
export interface Update {
  readonly index: number;
  readonly at: number;
  readonly entry: KvEntry;
}

export interface Watch {
  readonly id: ReceiverId;
  readonly input: KvWatch;
  readonly operation: Operation<'kv.watch'>;
  /** Index from which on it certainly watches. */
  readonly activeFrom: number;
  /** Index of the call that ended it; `Infinity` where none did. */
  readonly endsAt: number;
  readonly updates: readonly Update[];
  /** Indexes of where the initial values were said to end. */
  readonly marks: readonly number[];
}

/** Every watch that began, in the order of their calls. O(events). */
export function watchesIn(index: HistoryIndex): readonly Watch[] {
  const updates = new Map<ReceiverId, Update[]>();
  const marks = new Map<ReceiverId, number[]>();
  for (const [at, event] of index.events.entries()) {
    if (event.kind !== 'watch') continue;
    const { watch, update } = event;
    if (update === 'initial-done') marks.set(watch, [...(marks.get(watch) ?? []), at]);
    else {
      const list = updates.get(watch);
      const item = { index: at, at: event.at, entry: update };
      if (list === undefined) updates.set(watch, [item]);
      else list.push(item);
    }
  }
  return operationsOf(index, 'kv.watch').flatMap((operation) => {
    const { call, end, session } = operation;
    const { watch: id } = call.input;
    if (end?.kind !== 'ok') return [];
    const endings = index.operations.filter(
      ({ call: other, session: who }) =>
        (other.name === 'kv.unwatch' && other.input.watch === id) ||
        (who === session && (other.name === 'close' || other.name === 'drain' || other.name === 'crash')),
    );
    return [
      {
        id,
        input: call.input,
        operation,
        activeFrom: end.index,
        endsAt: endings[0]?.index ?? Infinity,
        updates: updates.get(id) ?? [],
        marks: marks.get(id) ?? [],
      },
    ];
  });
}

/** Does the watch ask for the key? */
export function watchesKey({ input: { filters = ['>'] } }: Watch, key: string): boolean {
  return filters.some((filter) => filterMatches(patternOf(filter), subjectOf(key)));
}

/** Does the update tell of the write? By revision where both have one, else by what was written. */
export function tellsOf({ entry }: Update, write: Write): boolean {
  if (entry.key !== write.key || entry.operation !== write.kind) return false;
  if (entry.revision !== null && write.revision !== null) return entry.revision === write.revision;
  return write.kind !== 'PUT' || entry.value === write.value || entry.value === '';
}

/** Was the write certainly made while the watch was on, with everything told by the end of the history? */
export function isDuring({ activeFrom, endsAt, input }: Watch, write: Write, { settlings }: HistoryIndex): boolean {
  const proven = settlings.find((at) => at > write.doneAt) ?? Infinity;
  return write.bucket === input.bucket && write.operation.index > activeFrom && proven < endsAt && proven !== Infinity;
}
