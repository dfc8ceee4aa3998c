import { removeFrom } from './item-list.ts';
import { createValueIndex } from './value-index.ts';
import type { ValueIndex } from './value-index.ts';
import { passes } from './value-test.ts';
import type { EventValue, PositiveTest, ValueTest } from './value-test.ts';

/** What rules ask of one field; the same question of two rules is one condition. */
export interface Condition<Item> {
  readonly field: Field<Item>;
  readonly key: string;
  readonly tests: readonly ValueTest[];
  /** One of the tests is for the lack of a value. */
  readonly absence: boolean;
  uses: number;
  /** The event for which `holds` was found out. */
  event: number;
  holds: boolean;
}

/** A field that some rule names: its values in the event at hand, and items filed under conditions on it. */
export interface Field<Item> {
  readonly path: string;
  readonly values: EventValue[];
  /** The event that the values are of. */
  event: number;
  /** Some value stands in an object inside an array. */
  placed: boolean;
  /** The condition with these tests, in use once more. */
  readonly condition: (tests: readonly ValueTest[]) => Condition<Item>;
  /** In use once less; answers how many conditions the field still has. */
  readonly release: (condition: Condition<Item>) => number;
  readonly file: (condition: Condition<Item>, item: Item) => void;
  readonly unfile: (condition: Condition<Item>, item: Item) => void;
  /** How many items a value that passes has to be tried with, roughly. */
  readonly crowd: (condition: Condition<Item>) => number;
  /** Appends the items filed under conditions that the value satisfies. */
  readonly find: (value: EventValue, into: Item[]) => void;
}

/** An item filed under `anything-but`: found unless the value is among those excluded. */
interface Exclusion<Item> {
  readonly item: Item;
  readonly test: Extract<ValueTest, { kind: 'anything-but' }>;
  excluded: number;
}

export function createField<Item>(path: string): Field<Item> {
  const conditions = new Map<string, Condition<Item>>();
  const index = createValueIndex<Item>();
  const exclusions: Exclusion<Item>[] = [];
  let excluding: ValueIndex<Exclusion<Item>> | undefined;
  const excluded: Exclusion<Item>[] = [];
  const always: Item[] = [];
  let looked = 0;

  function fileTest(test: ValueTest, item: Item): void {
    if (test.kind === 'exists') always.push(item);
    else if (test.kind === 'anything-but') {
      const exclusion = { item, test, excluded: 0 };
      exclusions.push(exclusion);
      excluding ??= createValueIndex();
      for (const not of test.not) excluding.add(not, exclusion);
    } else if (test.kind !== 'absent') index.add(test, item);
  }

  function unfileTest(test: ValueTest, item: Item): void {
    if (test.kind === 'exists') removeFrom(always, item);
    else if (test.kind === 'anything-but') {
      const exclusion = exclusions.find((candidate) => candidate.item === item && candidate.test === test);
      if (exclusion === undefined) return;
      removeFrom(exclusions, exclusion);
      for (const not of test.not) excluding?.remove(not, exclusion);
    } else if (test.kind !== 'absent') index.remove(test, item);
  }

  function findBut(value: EventValue, into: Item[]): void {
    looked += 1;
    excluded.length = 0;
    excluding?.collect(value, excluded);
    for (const exclusion of excluded) exclusion.excluded = looked;
    for (const exclusion of exclusions) if (exclusion.excluded !== looked) into.push(exclusion.item);
  }

  const field: Field<Item> = {
    path,
    values: [],
    event: 0,
    placed: false,
    condition(tests) {
      const key = keyOf(tests);
      const known = conditions.get(key);
      const absence = tests.some((test) => test.kind === 'absent');
      const condition = known ?? { field, key, tests, absence, uses: 0, event: 0, holds: false };
      condition.uses += 1;
      conditions.set(key, condition);
      return condition;
    },
    release(condition) {
      condition.uses -= 1;
      if (condition.uses === 0) conditions.delete(condition.key);
      return conditions.size;
    },
    file: (condition, item) => condition.tests.forEach((test) => fileTest(test, item)),
    unfile: (condition, item) => condition.tests.forEach((test) => unfileTest(test, item)),
    crowd({ tests }) {
      let crowd = 0;
      for (const test of tests) {
        if (test.kind === 'exists' || test.kind === 'anything-but') crowd += 2 + always.length + exclusions.length;
        else if (test.kind !== 'absent') crowd += index.crowd(test) + spread[test.kind];
      }
      return crowd;
    },
    find(value, into) {
      index.collect(value, into);
      for (const item of always) into.push(item);
      if (exclusions.length > 0) findBut(value, into);
    },
  };
  return field;
}

/** How much more than an exact value a test lets through, as a tie-breaker between fields. */
const spread: Readonly<Record<PositiveTest['kind'], number>> = {
  string: 0,
  number: 0,
  literal: 0.5,
  'equals-ignore-case': 0,
  cidr: 0.25,
  prefix: 0.25,
  suffix: 0.25,
  'prefix-ignore-case': 0.25,
  'suffix-ignore-case': 0.25,
  wildcard: 0.5,
  range: 1,
};

function keyOf(tests: readonly ValueTest[]): string {
  return JSON.stringify(tests, (_, value: unknown) =>
    typeof value === 'bigint' || typeof value === 'number' ? String(value) : value,
  );
}

/** Does the condition hold in this event, wherever in its arrays? */
export function fieldHolds<Item>(condition: Condition<Item>, event: number): boolean {
  if (condition.event !== event) {
    condition.event = event;
    condition.holds =
      condition.field.event === event
        ? condition.field.values.some((value) => condition.tests.some((test) => passes(test, value)))
        : condition.absence;
  }
  return condition.holds;
}

/** Does a value of the field stand in an object inside an array of this event? */
export function fieldIsPlaced<Item>(field: Field<Item>, event: number): boolean {
  return field.event === event && field.placed;
}
