import { createAffixIndex, grow } from './affix-index.ts';
import { removeFrom } from './item-list.ts';
import type { Shelf } from './item-list.ts';
import type { Wildcard } from './wildcard.ts';
import { wildcardMatches } from './wildcard.ts';

/** Items filed under wildcards by the literal that fewest others share, so that a text is tried with few of them. */
export interface WildcardIndex<T> {
  readonly shelf: (wildcard: Wildcard) => Shelf<T>;
  readonly collect: (text: string, into: T[]) => void;
}

interface Entry<T> {
  readonly key: string;
  readonly wildcard: Wildcard;
  readonly items: T[];
  /** Where it is filed. */
  readonly shelf: Shelf<Entry<T>>;
}

export function createWildcardIndex<T>(): WildcardIndex<T> {
  const entries = new Map<string, Entry<T>>();
  const heads = createAffixIndex<Entry<T>>('prefix');
  const tails = createAffixIndex<Entry<T>>('suffix');
  const grams = createGramIndex<Entry<T>>();
  const bare: Entry<T>[] = [];
  let candidates: Entry<T>[] = [];

  function place({ literals }: Wildcard): Shelf<Entry<T>> {
    const head = literals[0];
    const tail = literals.at(-1) ?? '';
    const places = [...(head === '' ? [] : [heads.shelf(head)]), ...(tail === '' ? [] : [tails.shelf(tail)])];
    // What stands at an end is found by one look, what stands anywhere by one for each character.
    if (places.every((shelf) => shelf.crowd() > 4)) {
      places.push(...literals.slice(1, -1).map((literal) => grams.shelf(literal)));
    }
    const [first, ...others] = places;
    if (first === undefined) return bareShelf;
    return others.reduce((best, shelf) => (shelf.crowd() < best.crowd() ? shelf : best), first);
  }

  const bareShelf: Shelf<Entry<T>> = {
    add: (entry) => bare.push(entry),
    remove: (entry) => removeFrom(bare, entry),
    crowd: () => bare.length,
  };

  function create(key: string, wildcard: Wildcard): Entry<T> {
    const entry = { key, wildcard, items: [], shelf: place(wildcard) };
    entries.set(key, entry);
    entry.shelf.add(entry);
    return entry;
  }

  return {
    shelf(wildcard) {
      const key = JSON.stringify(wildcard.literals);
      return {
        add: (item) => (entries.get(key) ?? create(key, wildcard)).items.push(item),
        remove(item) {
          const entry = entries.get(key);
          if (entry === undefined || removeFrom(entry.items, item) > 0) return;
          entry.shelf.remove(entry);
          entries.delete(key);
        },
        crowd: () => entries.get(key)?.items.length ?? 0,
      };
    },
    collect(text, into) {
      if (entries.size === 0) return;
      candidates = [...bare];
      heads.collect(text, candidates);
      tails.collect(text, candidates);
      grams.collect(text, candidates);
      for (const { wildcard, items } of candidates) {
        if (wildcardMatches(wildcard, text)) into.push(...items);
      }
    },
  };
}

/** Longest piece of a literal that is looked up. */
const gramCharsMax = 3;

/** Items filed under the start of a literal that may stand anywhere in a text. */
function createGramIndex<T>(): WildcardIndexPart<T> {
  const tables = Array.from({ length: gramCharsMax + 1 }, () => new Map<number, T[]>());
  let size = 0;

  return {
    shelf(literal) {
      const length = Math.min(literal.length, gramCharsMax);
      const table = tables[length] ?? new Map<number, T[]>();
      const key = gramAt(literal, 0, length);
      return {
        add(item) {
          const items = table.get(key);
          if (items === undefined) table.set(key, [item]);
          else items.push(item);
          size += 1;
        },
        remove(item) {
          const items = table.get(key);
          if (items === undefined) return;
          size -= 1;
          if (removeFrom(items, item) === 0) table.delete(key);
        },
        crowd: () => table.get(key)?.length ?? 0,
      };
    },
    collect(text, into) {
      if (size === 0) return;
      for (let length = 1; length <= gramCharsMax; length += 1) {
        const table = tables[length];
        if (table === undefined || table.size === 0) continue;
        const seen = new Set<number>();
        for (let at = 0; at + length <= text.length; at += 1) {
          const key = gramAt(text, at, length);
          const items = table.get(key);
          if (items === undefined || seen.size === seen.add(key).size) continue;
          into.push(...items);
        }
      }
    },
  };
}

interface WildcardIndexPart<T> {
  readonly shelf: (literal: string) => Shelf<T>;
  readonly collect: (text: string, into: T[]) => void;
}

function gramAt(text: string, at: number, length: number): number {
  let hash = 0;
  for (let offset = 0; offset < length; offset += 1) hash = grow(hash, text.charCodeAt(at + offset));
  return hash;
}
