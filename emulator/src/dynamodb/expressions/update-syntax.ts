import type { AttributeType, AttributeValue } from '../attribute-value.ts';
import type { Cursor } from './cursor.ts';
import { cursor, invalidExpression } from './cursor.ts';
import { memo } from '../../memo.ts';
import { refuseOverlaps } from './overlaps.ts';
import type { WrittenPath } from './path.ts';
import { readPath, refuseReservedWords, resolvePath, resolveValue } from './path.ts';
import type { Placeholders } from './placeholders.ts';
import type { SetOperand, Update } from './syntax.ts';
import { updatedPaths } from './syntax.ts';

type WrittenOperand =
  | { readonly kind: 'path'; readonly path: WrittenPath }
  | { readonly kind: 'value'; readonly placeholder: string }
  | { readonly kind: 'sum' | 'difference'; readonly left: WrittenOperand; readonly right: WrittenOperand }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly WrittenOperand[] };

interface WrittenAction {
  readonly path: WrittenPath;
  readonly operand?: WrittenOperand;
}

type Section = 'SET' | 'REMOVE' | 'ADD' | 'DELETE';
type WrittenUpdate = Partial<Record<Section, readonly WrittenAction[]>>;

const KIND = 'UpdateExpression';
const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
const CONDITION_FUNCTIONS = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);
const LONG_NAMES = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  M: 'MAP',
  L: 'LIST',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
} as const satisfies Record<AttributeType, string>;

/** Parses an update expression; throws ValidationException as DynamoDB words it. */
export function parseUpdate(source: string, placeholders: Placeholders): Update {
  const written = writtenUpdate(source);
  const update: Update = {
    set: actions(written, 'SET').map(({ path, operand }) => ({
      path: resolvePath(KIND, placeholders, path),
      operand: resolveOperand(placeholders, operand),
    })),
    remove: actions(written, 'REMOVE').map(({ path }) => resolvePath(KIND, placeholders, path)),
    add: actions(written, 'ADD').map((action) => resolveChange(placeholders, action)),
    delete: actions(written, 'DELETE').map((action) => resolveChange(placeholders, action)),
  };
  for (const { value } of update.add) requireType('ADD', value, ['N', 'SS', 'NS', 'BS', 'L']);
  for (const { value } of update.delete) requireType('DELETE', value, ['SS', 'NS', 'BS']);
  refuseOverlaps(KIND, updatedPaths(update));
  return update;
}

const writtenUpdate = memo((source): WrittenUpdate => {
  const written = readSections(cursor(KIND, source));
  checkNames(written);
  return written;
});

function readSections(at: Cursor): WrittenUpdate {
  const written: { -readonly [S in Section]?: readonly WrittenAction[] } = {};
  do {
    const section = SECTIONS.find((name) => at.at(name));
    if (section === undefined) throw at.fail();
    at.next();
    if (written[section] !== undefined) {
      const message = `The "${section}" section can only be used once in an update expression;`;
      throw invalidExpression(at.kind, message);
    }
    const read = [readAction(at, section)];
    while (at.take(',')) read.push(readAction(at, section));
    written[section] = read;
  } while (at.peek().kind !== 'end');
  return written;
}

function readAction(at: Cursor, section: Section): WrittenAction {
  const path = readPath(at);
  if (section === 'REMOVE') return { path };
  if (section === 'SET') {
    at.expect('=');
    return { path, operand: readSum(at) };
  }
  if (at.peek().kind !== 'value') throw at.fail();
  return { path, operand: { kind: 'value', placeholder: at.next().text } };
}

function readSum(at: Cursor): WrittenOperand {
  const left = readOperand(at);
  if (at.take('+')) return { kind: 'sum', left, right: readOperand(at) };
  if (at.take('-')) return { kind: 'difference', left, right: readOperand(at) };
  return left;
}

function readOperand(at: Cursor): WrittenOperand {
  if (at.take('(')) {
    const inner = readSum(at);
    at.expect(')');
    return inner;
  }
  const token = at.peek();
  if (token.kind === 'value') return { kind: 'value', placeholder: at.next().text };
  if (token.kind === 'word' && at.peek(1).text === '(') {
    const name = at.next().text;
    at.expect('(');
    const operands = [readSum(at)];
    while (at.take(',')) operands.push(readSum(at));
    at.expect(')');
    return { kind: 'call', name, operands };
  }
  return { kind: 'path', path: readPath(at) };
}

function actions(written: WrittenUpdate, section: Section): readonly WrittenAction[] {
  return written[section] ?? [];
}

function checkNames(written: WrittenUpdate): void {
  for (const section of SECTIONS) {
    for (const { path, operand } of actions(written, section)) {
      refuseReservedWords(KIND, path);
      if (operand !== undefined) checkOperandNames(operand);
    }
  }
}

function checkOperandNames(operand: WrittenOperand): void {
  switch (operand.kind) {
    case 'path':
      refuseReservedWords(KIND, operand.path);
      return;
    case 'value':
      return;
    case 'sum':
    case 'difference':
      checkOperandNames(operand.left);
      checkOperandNames(operand.right);
      return;
    case 'call':
      checkFunction(operand.name);
      for (const inner of operand.operands) checkOperandNames(inner);
      return;
  }
  operand satisfies never;
}

function checkFunction(name: string): void {
  if (CONDITION_FUNCTIONS.has(name)) {
    throw invalidExpression(KIND, `The function is not allowed in an update expression; function: ${name}`);
  }
  if (name !== 'if_not_exists' && name !== 'list_append') {
    throw invalidExpression(KIND, `Invalid function name; function: ${name}`);
  }
}

function resolveOperand(placeholders: Placeholders, operand: WrittenOperand | undefined): SetOperand {
  if (operand === undefined) throw new Error('an assignment without a value');
  switch (operand.kind) {
    case 'path':
      return { kind: 'path', path: resolvePath(KIND, placeholders, operand.path) };
    case 'value':
      return { kind: 'value', value: resolveValue(KIND, placeholders, operand.placeholder) };
    case 'sum':
    case 'difference': {
      const left = resolveOperand(placeholders, operand.left);
      const right = resolveOperand(placeholders, operand.right);
      for (const side of [left, right]) requireOperandType(operand.kind === 'sum' ? '+' : '-', side, 'N');
      return { kind: operand.kind, left, right };
    }
    case 'call':
      return resolveCall(placeholders, operand.name, operand.operands);
  }
  return operand satisfies never;
}

function resolveCall(placeholders: Placeholders, name: string, operands: readonly WrittenOperand[]): SetOperand {
  const [first, second, ...rest] = operands;
  if (first === undefined || second === undefined || rest.length > 0) {
    const message = 'Incorrect number of operands for operator or function';
    throw invalidExpression(KIND, `${message}; operator or function: ${name}, number of operands: ${operands.length}`);
  }
  if (name === 'if_not_exists') {
    if (first.kind !== 'path') {
      const message = 'Operator or function requires a document path';
      throw invalidExpression(KIND, `${message}; operator or function: ${name}`);
    }
    const path = resolvePath(KIND, placeholders, first.path);
    return { kind: 'if_not_exists', path, otherwise: resolveOperand(placeholders, second) };
  }
  const left = resolveOperand(placeholders, first);
  const right = resolveOperand(placeholders, second);
  for (const side of [left, right]) requireOperandType(name, side, 'L');
  return { kind: 'list_append', left, right };
}

function requireOperandType(name: string, operand: SetOperand, type: AttributeType): void {
  if (operand.kind !== 'value' || operand.value.type === type) return;
  const message = 'Incorrect operand type for operator or function';
  throw invalidExpression(KIND, `${message}; operator or function: ${name}, operand type: ${operand.value.type}`);
}

function resolveChange(placeholders: Placeholders, { path, operand }: WrittenAction): Update['add'][number] {
  if (operand?.kind !== 'value') throw new Error('a change without a value');
  const resolved = resolvePath(KIND, placeholders, path);
  return { path: resolved, value: resolveValue(KIND, placeholders, operand.placeholder) };
}

function requireType(section: Section, value: AttributeValue, types: readonly AttributeType[]): void {
  if (types.includes(value.type)) return;
  const message = 'Incorrect operand type for operator or function';
  const detail = `operator: ${section}, operand type: ${LONG_NAMES[value.type]}, typeSet: ALLOWED_FOR_${section}_OPERAND`;
  throw invalidExpression(KIND, `${message}; ${detail}`);
}
