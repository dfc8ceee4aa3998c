import { createAffixIndex } from './affix-index.ts';
import type { AffixIndex } from './affix-index.ts';
import { append, mapShelf } from './item-list.ts';
import type { Shelf } from './item-list.ts';
import { createNetworkIndex } from './network-index.ts';
import { createRangeIndex } from './range-index.ts';
import { foldCase } from './value-test.ts';
import type { EventValue, PositiveTest } from './value-test.ts';
import { createWildcardIndex } from './wildcard-index.ts';

/** Items filed under tests; `collect` finds those of all tests that a value passes without trying each test. */
export interface ValueIndex<T> {
  readonly add: (test: PositiveTest, item: T) => void;
  readonly remove: (test: PositiveTest, item: T) => void;
  /** Appends to `into`; an item filed under several tests may appear more than once. */
  readonly collect: (value: EventValue, into: T[]) => void;
  /** How many items are filed where this test is. */
  readonly crowd: (test: PositiveTest) => number;
}

export function createValueIndex<T>(): ValueIndex<T> {
  const strings = createStringIndex<T>();
  const folded = createStringIndex<T>();
  const literals = new Map<string, T[]>();
  const numbers = new Map<number, T[]>();
  const wildcards = createWildcardIndex<T>();
  const networks = createNetworkIndex<T>();
  const ranges = createRangeIndex<T>();

  function shelf(test: PositiveTest): Shelf<T> {
    switch (test.kind) {
      case 'string':
        return mapShelf(strings.whole, test.value);
      case 'prefix':
      case 'suffix':
        return strings[test.kind].shelf(test.value);
      case 'equals-ignore-case':
        return mapShelf(folded.whole, test.value);
      case 'prefix-ignore-case':
        return folded.prefix.shelf(test.value);
      case 'suffix-ignore-case':
        return folded.suffix.shelf(test.value);
      case 'literal':
        return mapShelf(literals, test.value);
      case 'number':
        return mapShelf(numbers, test.value);
      case 'wildcard':
        return wildcards.shelf(test.value);
      case 'range':
        return ranges.shelf(test);
      default:
        return networks.shelf(test);
    }
  }

  return {
    add: (test, item) => shelf(test).add(item),
    remove: (test, item) => shelf(test).remove(item),
    crowd: (test) => shelf(test).crowd(),
    collect({ kind, text, number }, into) {
      if (kind === 'string') {
        collectStrings(strings, text, into);
        if (isUsed(folded)) collectStrings(folded, foldCase(text), into);
        wildcards.collect(text, into);
        networks.collect(text, into);
        return;
      }
      if (kind === 'number') {
        if (numbers.size > 0) append(numbers.get(number), into);
        ranges.collect(number, into);
      }
      if (literals.size > 0) append(literals.get(text), into);
    },
  };
}

interface StringIndex<T> {
  readonly whole: Map<string, T[]>;
  readonly prefix: AffixIndex<T>;
  readonly suffix: AffixIndex<T>;
}

function createStringIndex<T>(): StringIndex<T> {
  return { whole: new Map(), prefix: createAffixIndex('prefix'), suffix: createAffixIndex('suffix') };
}

function isUsed<T>({ whole, prefix, suffix }: StringIndex<T>): boolean {
  return whole.size > 0 || prefix.size() > 0 || suffix.size() > 0;
}

function collectStrings<T>({ whole, prefix, suffix }: StringIndex<T>, text: string, into: T[]): void {
  if (whole.size > 0) append(whole.get(text), into);
  prefix.collect(text, into);
  suffix.collect(text, into);
}
