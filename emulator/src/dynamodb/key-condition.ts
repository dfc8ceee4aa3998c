import type { AttributeValue } from './attribute-value.ts';
import { invalidExpression } from './expressions/cursor.ts';
import type { Condition, Operand } from './expressions/syntax.ts';
import { invalid, invalidParameter } from './invalid.ts';
import type { KeyAttribute, KeySchema } from './key-schema.ts';
import { partitionPrefix, prefixBounds, sortKey } from './sort-key.ts';
import type { KeyRange } from './sorted-map.ts';

/** A condition on one key attribute. */
export interface KeyTerm {
  readonly name: string;
  readonly operator: '=' | '<' | '<=' | '>' | '>=' | 'BETWEEN' | 'begins_with';
  readonly values: readonly [AttributeValue, ...AttributeValue[]];
}

/** Above every key that begins with what stands before it. */
const HIGHEST = '\uffff\uffff\uffff';

/** The terms of a key condition expression. Throws ValidationException on what is not allowed in one. */
export function keyTerms(condition: Condition): readonly KeyTerm[] {
  if (condition.kind === 'and') return [...keyTerms(condition.left), ...keyTerms(condition.right)];
  if (condition.kind === 'or') throw wrong('Invalid operator used in KeyConditionExpression: OR');
  if (condition.kind === 'not') throw wrong('Invalid operator used in KeyConditionExpression: NOT');
  if (condition.kind === 'in') throw wrong('Invalid operator used in KeyConditionExpression: IN');
  if (condition.kind === 'between') {
    return [term(condition.operand, 'BETWEEN', [condition.low, condition.high])];
  }
  if (condition.kind === 'function') {
    if (condition.name !== 'begins_with')
      throw wrong(`Invalid operator used in KeyConditionExpression: ${condition.name}`);
    const [first, ...rest] = condition.operands;
    return [term(first, 'begins_with', rest)];
  }
  const { comparator, left, right } = condition;
  if (comparator === '<>') throw wrong('Invalid operator used in KeyConditionExpression: <>');
  return [left.kind === 'value' ? term(right, MIRRORED[comparator], [left]) : term(left, comparator, [right])];
}

const MIRRORED = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function term(subject: Operand, operator: KeyTerm['operator'], operands: readonly Operand[]): KeyTerm {
  if (subject.kind === 'size' || operands.some(({ kind }) => kind === 'size')) {
    throw wrong('KeyConditionExpressions cannot contain nested operations');
  }
  if (subject.kind === 'value') throw wrong('Invalid condition in KeyConditionExpression: No key attribute specified');
  const [first, ...rest] = operands.map((operand) => {
    if (operand.kind === 'value') return operand.value;
    throw wrong('Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition');
  });
  if (subject.path.length > 1) throw wrong('KeyConditionExpressions cannot have conditions on nested attributes');
  if (first === undefined) throw wrong('Invalid condition in KeyConditionExpression: No key attribute specified');
  return { name: subject.path[0], operator, values: [first, ...rest] };
}

function wrong(message: string): Error {
  return invalidExpression('KeyConditionExpression', message);
}

/** What a query looks at: one partition, and a part of it. */
export interface KeyCondition {
  readonly hash: AttributeValue;
  readonly range: KeyTerm | undefined;
}

/** Throws ValidationException where the terms are not one equality on the partition key and at most one on the sort key. */
export function keyCondition(schema: KeySchema, terms: readonly KeyTerm[]): KeyCondition {
  const names = terms.map(({ name }) => name);
  if (new Set(names).size !== names.length) {
    throw wrong('KeyConditionExpressions must only contain one condition per key');
  }
  const hash = terms.find(({ name }) => name === schema.hash.name);
  const others = terms.filter((other) => other !== hash);
  if (hash === undefined) throw invalid(`Query condition missed key schema element: ${schema.hash.name}`);
  const range = others.find(({ name }) => name === schema.range?.name);
  const [unknown] = others.filter((other) => other !== range);
  if (unknown !== undefined) {
    throw invalid(
      schema.range === undefined || range !== undefined
        ? 'Query key condition not supported'
        : `Query condition missed key schema element: ${schema.range.name}`,
    );
  }
  if (hash.operator !== '=') throw invalid('Query key condition not supported');
  checkTerm(schema.hash, hash);
  if (schema.range !== undefined && range !== undefined) checkTerm(schema.range, range);
  return { hash: hash.values[0], range };
}

function checkTerm({ name, type }: KeyAttribute, { operator, values }: KeyTerm): void {
  if (operator === 'begins_with' && type === 'N')
    throw invalidParameter('Condition parameter type does not match schema type');
  for (const value of values) {
    if (value.type !== type) throw invalidParameter('Condition parameter type does not match schema type');
    const empty = (value.type === 'S' || value.type === 'B') && value.value.length === 0;
    if (empty && operator !== 'begins_with') {
      const kind = value.type === 'S' ? 'string' : 'binary';
      throw invalid(
        `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ${kind} value. Key: ${name}`,
      );
    }
  }
}

/** Where the items lie that a key condition means. */
export function keyRange({ hash, range }: KeyCondition, descending: boolean): KeyRange & { readonly to: string } {
  const partition = partitionPrefix(hash);
  const whole = { from: partition, to: partition + HIGHEST, descending };
  if (range === undefined) return whole;
  const [low, high = low] = range.values;
  const from = partition + sortKey(low);
  const to = partition + sortKey(high) + HIGHEST;
  switch (range.operator) {
    case '=':
    case 'BETWEEN':
      return { from, to, descending };
    case '<':
      return { ...whole, to: from };
    case '<=':
      return { ...whole, to };
    case '>':
      return { ...whole, from: to };
    case '>=':
      return { ...whole, from };
    case 'begins_with': {
      const bounds = prefixBounds(low);
      return { from: partition + bounds.from, to: partition + bounds.to, descending };
    }
  }
  return range.operator satisfies never;
}
