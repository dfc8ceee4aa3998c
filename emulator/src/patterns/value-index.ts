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

/** Its parts are made when something is filed there: most fields are asked for one kind of value. */
export function createValueIndex<T>(): ValueIndex<T> {
  const strings = createStringIndex<T>();
  const literals = new Map<string, T[]>();
  const numbers = new Map<number, T[]>();
  let folded: StringIndex<T> | undefined;
  let wildcards: ReturnType<typeof createWildcardIndex<T>> | undefined;
  let networks: ReturnType<typeof createNetworkIndex<T>> | undefined;
  let ranges: ReturnType<typeof createRangeIndex<T>> | undefined;

  function shelf(test: PositiveTest): Shelf<T> {
    switch (test.kind) {
      case 'string':
        return mapShelf(strings.whole, test.value);
      case 'prefix':
      case 'suffix':
        return strings[test.kind].shelf(test.value);
      case 'equals-ignore-case':
        return mapShelf((folded ??= createStringIndex()).whole, test.value);
      case 'prefix-ignore-case':
        return (folded ??= createStringIndex()).prefix.shelf(test.value);
      case 'suffix-ignore-case':
        return (folded ??= createStringIndex()).suffix.shelf(test.value);
      case 'literal':
        return mapShelf(literals, test.value);
      case 'number':
        return mapShelf(numbers, test.value);
      case 'wildcard':
        return (wildcards ??= createWildcardIndex()).shelf(test.value);
      case 'range':
        return (ranges ??= createRangeIndex()).shelf(test);
      default:
        return (networks ??= createNetworkIndex()).shelf(test);
    }
  }

  return {
    add: (test, item) => shelf(test).add(item),
    remove: (test, item) => shelf(test).remove(item),
    crowd: (test) => shelf(test).crowd(),
    collect({ kind, text, number }, into) {
      if (kind === 'string') {
        collectStrings(strings, text, into);
        if (folded !== undefined) collectStrings(folded, foldCase(text), into);
        wildcards?.collect(text, into);
        networks?.collect(text, into);
        return;
      }
      if (kind === 'number') {
        if (numbers.size > 0) append(numbers.get(number), into);
        ranges?.collect(number, into);
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

function collectStrings<T>({ whole, prefix, suffix }: StringIndex<T>, text: string, into: T[]): void {
  if (whole.size > 0) append(whole.get(text), into);
  prefix.collect(text, into);
  suffix.collect(text, into);
}
