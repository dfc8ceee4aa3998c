import type { KvEntry, Reply } from '#core';

/**
 * What an `ok` event carries, read as the operation promises it; histories come from files, so it is looked at once more.
 *
 * @throws Error where it is something else, which makes the checker's verdict `unknown`.
 */
export function revisionOf(output: unknown): number | null {
  const revision = member(output, 'revision');
  if (revision === null || typeof revision === 'number') return revision;
  throw new Error(`output ${JSON.stringify(output)} has no revision`);
}

/** An entry, or `null` where the key holds none. */
export function entryOf(output: unknown): KvEntry | null {
  if (output === null || isEntry(output)) return output;
  throw new Error(`output ${JSON.stringify(output)} is no entry`);
}

export function entriesOf(output: unknown): readonly KvEntry[] {
  if (Array.isArray(output) && output.every((item) => isEntry(item))) return output;
  throw new Error(`output ${JSON.stringify(output)} is no list of entries`);
}

export function keysOf(output: unknown): readonly string[] {
  if (Array.isArray(output) && output.every((item) => typeof item === 'string')) return output;
  throw new Error(`output ${JSON.stringify(output)} is no list of keys`);
}

export function replyOf(output: unknown): Reply {
  if (isReply(output)) return output;
  throw new Error(`output ${JSON.stringify(output)} is no reply`);
}

export function repliesOf(output: unknown): readonly Reply[] {
  if (Array.isArray(output) && output.every((item) => isReply(item))) return output;
  throw new Error(`output ${JSON.stringify(output)} is no list of replies`);
}

function isEntry(value: unknown): value is KvEntry {
  const revision = member(value, 'revision');
  return (
    typeof member(value, 'key') === 'string' &&
    typeof member(value, 'value') === 'string' &&
    (revision === null || typeof revision === 'number') &&
    ['PUT', 'DEL', 'PURGE'].some((operation) => operation === member(value, 'operation'))
  );
}

function isReply(value: unknown): value is Reply {
  return typeof member(value, 'body') === 'string' && Array.isArray(member(value, 'headers'));
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
