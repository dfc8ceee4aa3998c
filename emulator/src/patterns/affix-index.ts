import { append, removeFrom } from './item-list.ts';
import type { Shelf } from './item-list.ts';

/** Items filed under prefixes, or under suffixes, found in one pass over a text however many there are. */
export interface AffixIndex<T> {
  readonly shelf: (affix: string) => Shelf<T>;
  readonly collect: (text: string, into: T[]) => void;
  readonly size: () => number;
}

interface Entry<T> {
  readonly affix: string;
  readonly items: T[];
}

/**
 * One table for each length of affix, keyed by a hash that grows with the text: no substring is made, and what a hash
 * finds is compared.
 */
export function createAffixIndex<T>(end: 'prefix' | 'suffix'): AffixIndex<T> {
  let tables: (readonly [length: number, entries: Map<number, Entry<T>[]>])[] = [];
  let size = 0;

  function entry(affix: string): Entry<T> | undefined {
    return tables
      .find(([length]) => length === affix.length)?.[1]
      .get(hash(affix, end))
      ?.find((candidate) => candidate.affix === affix);
  }

  function create(affix: string): Entry<T> {
    let table = tables.find(([length]) => length === affix.length)?.[1];
    if (table === undefined) {
      table = new Map();
      tables = [...tables, [affix.length, table] as const].sort(([a], [b]) => a - b);
    }
    const created = { affix, items: [] };
    const key = hash(affix, end);
    table.set(key, [...(table.get(key) ?? []), created]);
    size += 1;
    return created;
  }

  function destroy(gone: Entry<T>): void {
    const table = tables.find(([length]) => length === gone.affix.length)?.[1];
    const key = hash(gone.affix, end);
    const left = (table?.get(key) ?? []).filter((candidate) => candidate !== gone);
    if (left.length > 0) table?.set(key, left);
    else table?.delete(key);
    tables = tables.filter(([, entries]) => entries.size > 0);
    size -= 1;
  }

  return {
    size: () => size,
    shelf: (affix) => ({
      add: (item) => (entry(affix) ?? create(affix)).items.push(item),
      remove(item) {
        const found = entry(affix);
        if (found !== undefined && removeFrom(found.items, item) === 0) destroy(found);
      },
      crowd: () => entry(affix)?.items.length ?? 0,
    }),
    collect(text, into) {
      let grown = 0;
      let at = 0;
      for (const [length, entries] of tables) {
        if (length > text.length) return;
        for (; at < length; at += 1) grown = grow(grown, text.charCodeAt(end === 'prefix' ? at : text.length - 1 - at));
        const found = entries.get(grown);
        if (found === undefined) continue;
        for (const { affix, items } of found) {
          if (end === 'prefix' ? text.startsWith(affix) : text.endsWith(affix)) append(items, into);
        }
      }
    },
  };
}

/** Stays a small integer, which a table finds fastest. */
export function grow(hash: number, char: number): number {
  return (Math.imul(hash, 31) + char) & 0x3fffffff;
}

function hash(affix: string, end: 'prefix' | 'suffix'): number {
  let grown = 0;
  for (let at = 0; at < affix.length; at += 1) {
    grown = grow(grown, affix.charCodeAt(end === 'prefix' ? at : affix.length - 1 - at));
  }
  return grown;
}
