import type { AttributeType, AttributeValue } from '../attribute-value.ts';
import { dynamodbQuotas } from '../../quotas.ts';
import { compareValues, sameValue } from '../equality.ts';
import type { WrittenCall, WrittenCondition, WrittenOperand } from './condition-syntax.ts';
import { readCondition } from './condition-syntax.ts';
import type { ExpressionKind } from './cursor.ts';
import { cursor, invalidExpression } from './cursor.ts';
import { memo } from '../../memo.ts';
import { refuseReservedWords, resolvePath, resolveValue } from './path.ts';
import type { Placeholders } from './placeholders.ts';
import type { Comparator, Condition, ConditionFunction, Operand } from './syntax.ts';
import { formatPath } from './syntax.ts';

const FUNCTIONS = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
} as const satisfies Record<ConditionFunction, number>;

const UPDATE_FUNCTIONS = new Set(['if_not_exists', 'list_append']);
const ORDERED: ReadonlySet<AttributeType> = new Set(['S', 'N', 'B'] as const);
const TYPES = new Set(['B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'N', 'NS', 'S', 'M']);

/**
 * Parses a condition, filter or key condition. Throws ValidationException as DynamoDB words it: first of syntax, then of
 * names, functions and placeholders, then of operands.
 */
export function parseCondition(kind: ExpressionKind, source: string, placeholders: Placeholders): Condition {
  return resolve(kind, placeholders, written[kind](source));
}

const written: Readonly<Record<ExpressionKind, (source: string) => WrittenCondition>> = {
  ConditionExpression: memo((source) => read('ConditionExpression', source)),
  FilterExpression: memo((source) => read('FilterExpression', source)),
  KeyConditionExpression: memo((source) => read('KeyConditionExpression', source)),
  ProjectionExpression: memo((source) => read('ProjectionExpression', source)),
  UpdateExpression: memo((source) => read('UpdateExpression', source)),
};

function read(kind: ExpressionKind, source: string): WrittenCondition {
  const condition = readCondition(cursor(kind, source));
  checkNames(kind, condition);
  return condition;
}

/** Reserved words and unknown functions come to light before placeholders that stand for nothing. */
function checkNames(kind: ExpressionKind, node: WrittenCondition | WrittenOperand): void {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'compare':
      checkNames(kind, node.left);
      checkNames(kind, node.right);
      return;
    case 'not':
      checkNames(kind, node.condition);
      return;
    case 'between':
      for (const operand of [node.operand, node.low, node.high]) checkNames(kind, operand);
      return;
    case 'in':
      for (const operand of [node.operand, ...node.options]) checkNames(kind, operand);
      return;
    case 'call':
      checkFunction(kind, node);
      for (const operand of node.operands) checkNames(kind, operand);
      return;
    case 'path':
      refuseReservedWords(kind, node.path);
      return;
    case 'value':
      return;
  }
  node satisfies never;
}

function checkFunction(kind: ExpressionKind, { name }: WrittenCall): void {
  if (UPDATE_FUNCTIONS.has(name)) {
    throw invalidExpression(kind, `The function is not allowed in a condition expression; function: ${name}`);
  }
  if (name !== 'size' && !isConditionFunction(name)) {
    throw invalidExpression(kind, `Invalid function name; function: ${name}`);
  }
}

function isConditionFunction(name: string): name is ConditionFunction {
  return Object.hasOwn(FUNCTIONS, name);
}

function resolve(kind: ExpressionKind, placeholders: Placeholders, node: WrittenCondition): Condition {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const left = resolve(kind, placeholders, node.left);
      return { kind: node.kind, left, right: resolve(kind, placeholders, node.right) };
    }
    case 'not':
      return { kind: 'not', condition: resolve(kind, placeholders, node.condition) };
    case 'compare': {
      const left = resolveOperand(kind, placeholders, node.left);
      const right = resolveOperand(kind, placeholders, node.right);
      checkComparison(kind, node.comparator, left, right);
      return { kind: 'compare', comparator: node.comparator, left, right };
    }
    case 'between': {
      const operand = resolveOperand(kind, placeholders, node.operand);
      const low = resolveOperand(kind, placeholders, node.low);
      const high = resolveOperand(kind, placeholders, node.high);
      checkBounds(kind, operand, low, high);
      return { kind: 'between', operand, low, high };
    }
    case 'in': {
      if (node.options.length > dynamodbQuotas.inOperandsMax) {
        const message = 'The IN operator is provided with too many operands';
        throw invalidExpression(kind, `${message}; number of operands: ${node.options.length}`);
      }
      const operand = resolveOperand(kind, placeholders, node.operand);
      const options = node.options.map((option) => resolveOperand(kind, placeholders, option));
      return { kind: 'in', operand, options };
    }
    case 'call':
      return resolveFunction(kind, placeholders, node);
  }
  return node satisfies never;
}

function resolveFunction(kind: ExpressionKind, placeholders: Placeholders, { name, operands }: WrittenCall): Condition {
  if (!isConditionFunction(name)) {
    const message = 'The function is not allowed to be used this way in an expression';
    throw invalidExpression(kind, `${message}; function: ${name}`);
  }
  if (operands.length !== FUNCTIONS[name]) throw wrongCount(kind, name, operands.length);
  const [first, ...rest] = operands.map((operand) => resolveOperand(kind, placeholders, operand));
  if (first === undefined) throw wrongCount(kind, name, 0);
  const [second] = rest;
  if (first.kind !== 'path' && (second === undefined || name === 'attribute_type')) {
    const message = 'Operator or function requires a document path';
    throw invalidExpression(kind, `${message}; operator or function: ${name}`);
  }
  if (name === 'attribute_type') checkTypeName(kind, second);
  if (name === 'begins_with') {
    for (const operand of [first, ...rest]) requireType(kind, 'operator or function', name, operand, ['S', 'B']);
  }
  if (second !== undefined) requireDistinct(kind, name, first, second);
  return { kind: 'function', name, operands: [first, ...rest] };
}

function resolveOperand(kind: ExpressionKind, placeholders: Placeholders, node: WrittenOperand): Operand {
  if (node.kind === 'path') return { kind: 'path', path: resolvePath(kind, placeholders, node.path) };
  if (node.kind === 'value') return { kind: 'value', value: resolveValue(kind, placeholders, node.placeholder) };
  if (node.name !== 'size') {
    const message = 'The function is not allowed to be used this way in an expression';
    throw invalidExpression(kind, `${message}; function: ${node.name}`);
  }
  const [operand, ...rest] = node.operands;
  if (operand === undefined || rest.length > 0) throw wrongCount(kind, 'size', node.operands.length);
  const resolved = resolveOperand(kind, placeholders, operand);
  requireType(kind, 'operator or function', 'size', resolved, ['S', 'B', 'SS', 'NS', 'BS', 'M', 'L']);
  return { kind: 'size', operand: resolved };
}

function wrongCount(kind: ExpressionKind, name: string, count: number): Error {
  const message = 'Incorrect number of operands for operator or function';
  return invalidExpression(kind, `${message}; operator or function: ${name}, number of operands: ${count}`);
}

function checkTypeName(kind: ExpressionKind, operand: Operand | undefined): void {
  if (operand?.kind !== 'value') return;
  requireType(kind, 'operator or function', 'attribute_type', operand, ['S']);
  if (operand.value.type === 'S' && !TYPES.has(operand.value.value)) {
    const valid = `valid types: {${[...TYPES].join(',')}}`;
    throw invalidExpression(kind, `Invalid attribute type name found; type: ${operand.value.value}, ${valid}`);
  }
}

function checkComparison(kind: ExpressionKind, comparator: Comparator, left: Operand, right: Operand): void {
  if (comparator !== '=' && comparator !== '<>') {
    for (const operand of [left, right]) requireType(kind, 'operator', comparator, operand, [...ORDERED]);
  }
  requireDistinct(kind, comparator, left, right);
}

function requireType(
  kind: ExpressionKind,
  role: string,
  name: string,
  operand: Operand,
  types: readonly AttributeType[],
): void {
  if (operand.kind !== 'value' || types.includes(operand.value.type)) return;
  const what = role === 'operator' ? `operator: ${name}` : `operator or function: ${name}`;
  const message = 'Incorrect operand type for operator or function';
  throw invalidExpression(kind, `${message}; ${what}, operand type: ${operand.value.type}`);
}

function requireDistinct(kind: ExpressionKind, name: string, left: Operand, right: Operand): void {
  if (left.kind !== 'path' || right.kind !== 'path' || formatPath(left.path) !== formatPath(right.path)) return;
  const message = 'The first operand must be distinct from the remaining operands for this operator or function';
  throw invalidExpression(kind, `${message}; operator: ${name}, first operand: ${formatPath(left.path)}`);
}

function checkBounds(kind: ExpressionKind, operand: Operand, low: Operand, high: Operand): void {
  for (const bound of [operand, low, high]) requireType(kind, 'operator', 'BETWEEN', bound, [...ORDERED]);
  if (low.kind !== 'value' || high.kind !== 'value') return;
  const order = compareValues(low.value, high.value);
  if (order === undefined) {
    const message = 'The BETWEEN operator requires same data type for lower and upper bounds';
    throw invalidExpression(
      kind,
      `${message}; lower bound operand: ${show(low.value)}, upper bound operand: ${show(high.value)}`,
    );
  }
  if (order > 0 && !sameValue(low.value, high.value)) {
    const message = 'The BETWEEN operator requires upper bound to be greater than or equal to lower bound';
    throw invalidExpression(
      kind,
      `${message}; lower bound operand: ${show(low.value)}, upper bound operand: ${show(high.value)}`,
    );
  }
}

function show(value: AttributeValue): string {
  const { type } = value;
  const text =
    type === 'B' ? Buffer.from(value.value).toString('base64') : JSON.stringify(value.value).replaceAll('"', '');
  return `AttributeValue: {${type}:${text}}`;
}
