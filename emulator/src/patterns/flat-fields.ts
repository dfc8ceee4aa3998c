import type { FieldTest } from './compile-pattern.ts';
import { comparableNumber } from './comparable-number.ts';
import { passes } from './value-test.ts';
import type { EventValue, ValueTest } from './value-test.ts';

/** The values of an event whose fields are leaves, or arrays of leaves, by the fields' names. */
export type FlatFields = ReadonlyMap<string, readonly EventValue[]>;

export type Leaf = string | number | boolean | null;

/** A leaf as it would be read from its JSON text. */
export function eventValue(leaf: Leaf): EventValue {
  if (typeof leaf === 'string') return { kind: 'string', text: leaf, number: Number.NaN, place: undefined };
  const text = JSON.stringify(leaf);
  if (typeof leaf !== 'number' || text === 'null') {
    return { kind: 'literal', text, number: Number.NaN, place: undefined };
  }
  return { kind: 'number', text, number: comparableNumber(text) ?? Number.NaN, place: undefined };
}

/** Does some branch of a pattern hold? As a rule set of that pattern alone would say of the event. */
export function matchesFlat(branches: readonly (readonly FieldTest[])[], fields: FlatFields): boolean {
  return branches.some((tests) => tests.every((field) => fieldHolds(field, fields.get(field.path))));
}

function fieldHolds({ tests }: FieldTest, values: readonly EventValue[] | undefined): boolean {
  if (values === undefined || values.length === 0) return tests.some(isForAbsence);
  return values.some((value) => tests.some((test) => passes(test, value)));
}

function isForAbsence({ kind }: ValueTest): boolean {
  return kind === 'absent';
}
