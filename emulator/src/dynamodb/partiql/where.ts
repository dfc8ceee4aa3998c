import type { Comparator, Condition, ConditionFunction, Operand } from '../expressions/syntax.ts';
import type { Reader } from './lexer.ts';
import { atValue, readPath, readValue } from './values.ts';

const COMPARATORS: Readonly<Record<string, Comparator>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<=': '<=',
  '>=': '>=',
  '<': '<',
  '>': '>',
};
const FUNCTIONS: Readonly<Record<string, ConditionFunction>> = {
  BEGINS_WITH: 'begins_with',
  CONTAINS: 'contains',
  ATTRIBUTE_TYPE: 'attribute_type',
};

/** The condition of a WHERE clause. */
export function readWhere(reader: Reader): Condition {
  let condition = readAnd(reader);
  while (reader.take('OR')) condition = { kind: 'or', left: condition, right: readAnd(reader) };
  return condition;
}

function readAnd(reader: Reader): Condition {
  let condition = readNot(reader);
  while (reader.take('AND')) condition = { kind: 'and', left: condition, right: readNot(reader) };
  return condition;
}

function readNot(reader: Reader): Condition {
  if (reader.take('NOT')) return { kind: 'not', condition: readNot(reader) };
  if (reader.take('(')) {
    const condition = readWhere(reader);
    reader.expect(')');
    return condition;
  }
  return readComparison(reader);
}

function readComparison(reader: Reader): Condition {
  const call = Object.keys(FUNCTIONS).find((name) => reader.at(name));
  const name = call === undefined ? undefined : FUNCTIONS[call];
  if (name !== undefined) {
    reader.next();
    return readFunction(reader, name);
  }
  const left = readOperand(reader);
  if (reader.take('IS')) return readIs(reader, left);
  const negated = reader.take('NOT');
  if (reader.take('BETWEEN')) {
    const low = readOperand(reader);
    reader.expect('AND');
    return negate({ kind: 'between', operand: left, low, high: readOperand(reader) }, negated);
  }
  if (reader.take('IN')) return negate({ kind: 'in', operand: left, options: readOptions(reader) }, negated);
  const comparator = negated ? undefined : COMPARATORS[reader.peek().text];
  if (comparator === undefined || reader.peek().kind !== 'sign') throw reader.fail('an operator');
  reader.next();
  return { kind: 'compare', comparator, left, right: readOperand(reader) };
}

function readFunction(reader: Reader, name: ConditionFunction): Condition {
  reader.expect('(');
  const operand = readOperand(reader);
  reader.expect(',');
  const second = readOperand(reader);
  reader.expect(')');
  return { kind: 'function', name, operands: [operand, second] };
}

function readIs(reader: Reader, operand: Operand): Condition {
  const negated = reader.take('NOT');
  if (reader.take('MISSING')) {
    return { kind: 'function', name: negated ? 'attribute_exists' : 'attribute_not_exists', operands: [operand] };
  }
  reader.expect('NULL');
  const type: Operand = { kind: 'value', value: { type: 'S', value: 'NULL' } };
  return negate({ kind: 'function', name: 'attribute_type', operands: [operand, type] }, negated);
}

function negate(condition: Condition, negated: boolean): Condition {
  return negated ? { kind: 'not', condition } : condition;
}

function readOptions(reader: Reader): readonly Operand[] {
  const end = reader.take('[') ? ']' : ')';
  if (end === ')') reader.expect('(');
  const options = [readOperand(reader)];
  while (reader.take(',')) options.push(readOperand(reader));
  reader.expect(end);
  return options;
}

function readOperand(reader: Reader): Operand {
  if (atValue(reader)) return { kind: 'value', value: readValue(reader) };
  if (reader.at('SIZE')) {
    reader.next();
    reader.expect('(');
    const operand = readOperand(reader);
    reader.expect(')');
    return { kind: 'size', operand };
  }
  return { kind: 'path', path: readPath(reader) };
}
