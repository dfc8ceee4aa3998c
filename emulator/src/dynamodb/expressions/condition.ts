import type { AttributeType, AttributeValue } from '../attribute-value.ts';
import { compareValues, sameValue } from '../equality.ts';
import type { WrittenCall, WrittenCondition, WrittenOperand } from './condition-syntax.ts';
import { readCondition } from './condition-syntax.ts';
import type { Cursor, ExpressionKind } from './cursor.ts';
import { cursor, invalidExpression } from './cursor.ts';
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
  const at = cursor(kind, source);
  const written = readCondition(at);
  checkNames(at, written);
  return resolve(at, placeholders, written);
}

/** Reserved words and unknown functions come to light before placeholders that stand for nothing. */
function checkNames(at: Cursor, node: WrittenCondition | WrittenOperand): void {
  switch (node.kind) {
    case 'and':
    case 'or':
    case 'compare':
      checkNames(at, node.left);
      checkNames(at, node.right);
      return;
    case 'not':
      checkNames(at, node.condition);
      return;
    case 'between':
      for (const operand of [node.operand, node.low, node.high]) checkNames(at, operand);
      return;
    case 'in':
      for (const operand of [node.operand, ...node.options]) checkNames(at, operand);
      return;
    case 'call':
      checkFunction(at, node);
      for (const operand of node.operands) checkNames(at, operand);
      return;
    case 'path':
      refuseReservedWords(at, node.path);
      return;
    case 'value':
      return;
  }
  node satisfies never;
}

function checkFunction(at: Cursor, { name }: WrittenCall): void {
  if (UPDATE_FUNCTIONS.has(name)) {
    throw invalidExpression(at.kind, `The function is not allowed in a condition expression; function: ${name}`);
  }
  if (name !== 'size' && !isConditionFunction(name)) {
    throw invalidExpression(at.kind, `Invalid function name; function: ${name}`);
  }
}

function isConditionFunction(name: string): name is ConditionFunction {
  return Object.hasOwn(FUNCTIONS, name);
}

function resolve(at: Cursor, placeholders: Placeholders, node: WrittenCondition): Condition {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const left = resolve(at, placeholders, node.left);
      return { kind: node.kind, left, right: resolve(at, placeholders, node.right) };
    }
    case 'not':
      return { kind: 'not', condition: resolve(at, placeholders, node.condition) };
    case 'compare': {
      const left = resolveOperand(at, placeholders, node.left);
      const right = resolveOperand(at, placeholders, node.right);
      checkComparison(at, node.comparator, left, right);
      return { kind: 'compare', comparator: node.comparator, left, right };
    }
    case 'between': {
      const operand = resolveOperand(at, placeholders, node.operand);
      const low = resolveOperand(at, placeholders, node.low);
      const high = resolveOperand(at, placeholders, node.high);
      checkBounds(at, operand, low, high);
      return { kind: 'between', operand, low, high };
    }
    case 'in': {
      const operand = resolveOperand(at, placeholders, node.operand);
      const options = node.options.map((option) => resolveOperand(at, placeholders, option));
      return { kind: 'in', operand, options };
    }
    case 'call':
      return resolveFunction(at, placeholders, node);
  }
  return node satisfies never;
}

function resolveFunction(at: Cursor, placeholders: Placeholders, { name, operands }: WrittenCall): Condition {
  if (!isConditionFunction(name)) {
    const message = 'The function is not allowed to be used this way in an expression';
    throw invalidExpression(at.kind, `${message}; function: ${name}`);
  }
  if (operands.length !== FUNCTIONS[name]) throw wrongCount(at, name, operands.length);
  const [first, ...rest] = operands.map((operand) => resolveOperand(at, placeholders, operand));
  if (first === undefined) throw wrongCount(at, name, 0);
  const [second] = rest;
  if (first.kind !== 'path' && (second === undefined || name === 'attribute_type')) {
    const message = 'Operator or function requires a document path';
    throw invalidExpression(at.kind, `${message}; operator or function: ${name}`);
  }
  if (name === 'attribute_type') checkTypeName(at, second);
  if (name === 'begins_with') {
    for (const operand of [first, ...rest]) requireType(at, 'operator or function', name, operand, ['S', 'B']);
  }
  if (second !== undefined) requireDistinct(at, name, first, second);
  return { kind: 'function', name, operands: [first, ...rest] };
}

function resolveOperand(at: Cursor, placeholders: Placeholders, node: WrittenOperand): Operand {
  if (node.kind === 'path') return { kind: 'path', path: resolvePath(at, placeholders, node.path) };
  if (node.kind === 'value') return { kind: 'value', value: resolveValue(at, placeholders, node.placeholder) };
  if (node.name !== 'size') {
    const message = 'The function is not allowed to be used this way in an expression';
    throw invalidExpression(at.kind, `${message}; function: ${node.name}`);
  }
  const [operand, ...rest] = node.operands;
  if (operand === undefined || rest.length > 0) throw wrongCount(at, 'size', node.operands.length);
  const resolved = resolveOperand(at, placeholders, operand);
  requireType(at, 'operator or function', 'size', resolved, ['S', 'B', 'SS', 'NS', 'BS', 'M', 'L']);
  return { kind: 'size', operand: resolved };
}

function wrongCount(at: Cursor, name: string, count: number): Error {
  const message = 'Incorrect number of operands for operator or function';
  return invalidExpression(at.kind, `${message}; operator or function: ${name}, number of operands: ${count}`);
}

function checkTypeName(at: Cursor, operand: Operand | undefined): void {
  if (operand?.kind !== 'value') return;
  requireType(at, 'operator or function', 'attribute_type', operand, ['S']);
  if (operand.value.type === 'S' && !TYPES.has(operand.value.value)) {
    const valid = `valid types: {${[...TYPES].join(',')}}`;
    throw invalidExpression(at.kind, `Invalid attribute type name found; type: ${operand.value.value}, ${valid}`);
  }
}

function checkComparison(at: Cursor, comparator: Comparator, left: Operand, right: Operand): void {
  if (comparator !== '=' && comparator !== '<>') {
    for (const operand of [left, right]) requireType(at, 'operator', comparator, operand, [...ORDERED]);
  }
  requireDistinct(at, comparator, left, right);
}

function requireType(at: Cursor, role: string, name: string, operand: Operand, types: readonly AttributeType[]): void {
  if (operand.kind !== 'value' || types.includes(operand.value.type)) return;
  const what = role === 'operator' ? `operator: ${name}` : `operator or function: ${name}`;
  const message = 'Incorrect operand type for operator or function';
  throw invalidExpression(at.kind, `${message}; ${what}, operand type: ${operand.value.type}`);
}

function requireDistinct(at: Cursor, name: string, left: Operand, right: Operand): void {
  if (left.kind !== 'path' || right.kind !== 'path' || formatPath(left.path) !== formatPath(right.path)) return;
  const message = 'The first operand must be distinct from the remaining operands for this operator or function';
  throw invalidExpression(at.kind, `${message}; operator: ${name}, first operand: ${formatPath(left.path)}`);
}

function checkBounds(at: Cursor, operand: Operand, low: Operand, high: Operand): void {
  for (const bound of [operand, low, high]) requireType(at, 'operator', 'BETWEEN', bound, [...ORDERED]);
  if (low.kind !== 'value' || high.kind !== 'value') return;
  const order = compareValues(low.value, high.value);
  if (order === undefined) {
    const message = 'The BETWEEN operator requires same data type for lower and upper bounds';
    throw invalidExpression(
      at.kind,
      `${message}; lower bound operand: ${show(low.value)}, upper bound operand: ${show(high.value)}`,
    );
  }
  if (order > 0 && !sameValue(low.value, high.value)) {
    const message = 'The BETWEEN operator requires upper bound to be greater than or equal to lower bound';
    throw invalidExpression(
      at.kind,
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
