import type { AttributeType, AttributeValue } from './attribute-value.ts';
import { parseAttributeValue } from './attribute-value.ts';
import { compareValues } from './equality.ts';
import type { Condition, Operand } from './expressions/syntax.ts';
import { invalid, invalidParameter } from './invalid.ts';
import type { KeyTerm } from './key-condition.ts';
import type { WireAttributeValue } from './wire.ts';

/** A member of KeyConditions, QueryFilter or ScanFilter. */
export interface WireCondition {
  readonly AttributeValueList?: readonly WireAttributeValue[] | undefined;
  readonly ComparisonOperator?: string | undefined;
}

/** A member of Expected. */
export interface WireExpected extends WireCondition {
  readonly Value?: WireAttributeValue | undefined;
  readonly Exists?: boolean | undefined;
}

interface Term {
  readonly name: string;
  readonly operator: string;
  readonly values: readonly AttributeValue[];
}

const COUNTS: Readonly<Record<string, number>> = { NULL: 0, NOT_NULL: 0, BETWEEN: 2 };
const COMPARATORS = { EQ: '=', NE: '<>', LT: '<', LE: '<=', GT: '>', GE: '>=' } as const;
const SCALARS: readonly AttributeType[] = ['S', 'N', 'B'];
const ALLOWED: Readonly<Record<string, readonly AttributeType[]>> = {
  LT: SCALARS,
  LE: SCALARS,
  GT: SCALARS,
  GE: SCALARS,
  BETWEEN: SCALARS,
  IN: [...SCALARS, 'BOOL', 'NULL'],
  CONTAINS: [...SCALARS, 'BOOL', 'NULL'],
  NOT_CONTAINS: [...SCALARS, 'BOOL', 'NULL'],
  BEGINS_WITH: ['S', 'B'],
};

/** QueryFilter or ScanFilter as a condition. Throws ValidationException on a wrong number or type of values. */
export function filterCondition(
  filter: Readonly<Record<string, WireCondition>>,
  conditionalOperator: string | undefined,
): Condition | undefined {
  return combine(
    Object.entries(filter).map(([name, condition]) => toCondition(parseTerm(name, condition))),
    conditionalOperator,
  );
}

/** Expected as a condition. Throws ValidationException where its members do not fit together. */
export function expectedCondition(
  expected: Readonly<Record<string, WireExpected>>,
  conditionalOperator: string | undefined,
): Condition | undefined {
  return combine(
    Object.entries(expected).map(([name, member]) => expectedTerm(name, member)),
    conditionalOperator,
  );
}

/** KeyConditions as the terms of a key condition. */
export function legacyKeyTerms(conditions: Readonly<Record<string, WireCondition>>): readonly KeyTerm[] {
  return Object.entries(conditions).map(([name, condition]) => {
    const { operator, values } = parseTerm(name, condition);
    const [first, ...rest] = values;
    const meaning =
      operator === 'BEGINS_WITH' ? 'begins_with' : operator === 'BETWEEN' ? 'BETWEEN' : comparator(operator);
    if (first === undefined || meaning === undefined || meaning === '<>') {
      throw invalid('Attempted conditional constraint is not an indexable operation');
    }
    return { name, operator: meaning, values: [first, ...rest] };
  });
}

function comparator(operator: string): (typeof COMPARATORS)[keyof typeof COMPARATORS] | undefined {
  const entry = Object.entries(COMPARATORS).find(([name]) => name === operator);
  return entry?.[1];
}

function expectedTerm(name: string, { Value, Exists, ...condition }: WireExpected): Condition {
  const operand = pathOperand(name);
  const { AttributeValueList, ComparisonOperator } = condition;
  if (ComparisonOperator !== undefined) {
    if (Exists !== undefined) {
      throw invalidParameter(`Exists and ComparisonOperator cannot be used together for Attribute: ${name}`);
    }
    if (Value !== undefined && AttributeValueList !== undefined) {
      throw invalidParameter(`Value and AttributeValueList cannot be used together for Attribute: ${name}`);
    }
    const list = Value === undefined ? AttributeValueList : [Value];
    return toCondition(parseTerm(name, { ComparisonOperator, ...(list && { AttributeValueList: list }) }));
  }
  if (AttributeValueList !== undefined) {
    throw invalidParameter(`AttributeValueList can only be used with a ComparisonOperator for Attribute: ${name}`);
  }
  if (Exists === false) {
    if (Value !== undefined) {
      throw invalidParameter(`Value cannot be used when Exists is set to false for Attribute: ${name}`);
    }
    return { kind: 'function', name: 'attribute_not_exists', operands: [operand] };
  }
  if (Value === undefined) {
    const given = Exists === undefined ? 'null' : 'true';
    throw invalidParameter(`Value must be provided when Exists is ${given} for Attribute: ${name}`);
  }
  return {
    kind: 'compare',
    comparator: '=',
    left: operand,
    right: { kind: 'value', value: parseAttributeValue(Value) },
  };
}

function parseTerm(name: string, { AttributeValueList = [], ComparisonOperator: operator }: WireCondition): Term {
  if (operator === undefined) {
    throw invalidParameter(`ComparisonOperator must be used with AttributeValueList for Attribute: ${name}`);
  }
  const values = AttributeValueList.map((value) => parseAttributeValue(value));
  const expected = COUNTS[operator] ?? 1;
  if (operator === 'IN' ? values.length === 0 : values.length !== expected) {
    throw invalidParameter(`Invalid number of argument(s) for the ${operator} ComparisonOperator`);
  }
  const types = ALLOWED[operator];
  for (const { type } of values) {
    if (types !== undefined && !types.includes(type)) {
      throw invalidParameter(`ComparisonOperator ${operator} is not valid for ${type} AttributeValue type`);
    }
  }
  checkBounds(operator, values);
  return { name, operator, values };
}

function checkBounds(operator: string, [low, high]: readonly AttributeValue[]): void {
  if (operator !== 'BETWEEN' || low === undefined || high === undefined) return;
  const order = compareValues(low, high);
  if (order === undefined) throw invalidParameter('AttributeValues inside AttributeValueList must be of same type');
  if (order > 0) {
    throw invalid('The BETWEEN condition was provided a range where the lower bound is greater than the upper bound');
  }
}

function toCondition({ name, operator, values }: Term): Condition {
  const left = pathOperand(name);
  const operands = values.map((value): Operand => ({ kind: 'value', value }));
  const [right, high] = operands;
  if (operator === 'NULL') return { kind: 'function', name: 'attribute_not_exists', operands: [left] };
  if (operator === 'NOT_NULL' || right === undefined) {
    return { kind: 'function', name: 'attribute_exists', operands: [left] };
  }
  if (operator === 'IN') return { kind: 'in', operand: left, options: operands };
  if (operator === 'BETWEEN') return { kind: 'between', operand: left, low: right, high: high ?? right };
  if (operator === 'BEGINS_WITH') return { kind: 'function', name: 'begins_with', operands: [left, right] };
  const contains: Condition = { kind: 'function', name: 'contains', operands: [left, right] };
  if (operator === 'CONTAINS') return contains;
  if (operator === 'NOT_CONTAINS') return { kind: 'not', condition: contains };
  return { kind: 'compare', comparator: comparator(operator) ?? '=', left, right };
}

function pathOperand(name: string): Operand {
  return { kind: 'path', path: [name] };
}

function combine(conditions: readonly Condition[], conditionalOperator: string | undefined): Condition | undefined {
  const kind = conditionalOperator === 'OR' ? 'or' : 'and';
  const [first, ...rest] = conditions;
  return first && rest.reduce((left, right): Condition => ({ kind, left, right }), first);
}
