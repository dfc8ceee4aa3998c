import type { Cursor } from './cursor.ts';
import { invalidExpression } from './cursor.ts';
import type { WrittenPath } from './path.ts';
import { readPath } from './path.ts';
import type { Comparator } from './syntax.ts';

/** A condition as written: functions and placeholders are not looked up yet. */
export type WrittenCondition =
  | { readonly kind: 'and' | 'or'; readonly left: WrittenCondition; readonly right: WrittenCondition }
  | { readonly kind: 'not'; readonly condition: WrittenCondition }
  | {
      readonly kind: 'compare';
      readonly comparator: Comparator;
      readonly left: WrittenOperand;
      readonly right: WrittenOperand;
    }
  | {
      readonly kind: 'between';
      readonly operand: WrittenOperand;
      readonly low: WrittenOperand;
      readonly high: WrittenOperand;
    }
  | { readonly kind: 'in'; readonly operand: WrittenOperand; readonly options: readonly WrittenOperand[] }
  | WrittenCall;

export type WrittenOperand =
  | { readonly kind: 'path'; readonly path: WrittenPath }
  | { readonly kind: 'value'; readonly placeholder: string }
  | WrittenCall;

export interface WrittenCall {
  readonly kind: 'call';
  readonly name: string;
  readonly operands: readonly WrittenOperand[];
}

type Term = { readonly node: WrittenCondition | WrittenOperand; readonly parenthesized: boolean };

const COMPARATORS = ['=', '<>', '<=', '>=', '<', '>'] as const;
const KEYWORDS = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN']);

/** Reads a whole condition; throws on a syntax error or needless parentheses. */
export function readCondition(cursor: Cursor): WrittenCondition {
  const condition = asCondition(cursor, readOr(cursor));
  if (cursor.peek().kind !== 'end') throw cursor.fail();
  return condition;
}

function readOr(cursor: Cursor): Term {
  let term = readAnd(cursor);
  while (cursor.at('OR')) {
    const left = asCondition(cursor, term);
    cursor.next();
    term = { node: { kind: 'or', left, right: asCondition(cursor, readAnd(cursor)) }, parenthesized: false };
  }
  return term;
}

function readAnd(cursor: Cursor): Term {
  let term = readNot(cursor);
  while (cursor.at('AND')) {
    const left = asCondition(cursor, term);
    cursor.next();
    term = { node: { kind: 'and', left, right: asCondition(cursor, readNot(cursor)) }, parenthesized: false };
  }
  return term;
}

function readNot(cursor: Cursor): Term {
  if (!cursor.take('NOT')) return readComparison(cursor);
  return { node: { kind: 'not', condition: asCondition(cursor, readNot(cursor)) }, parenthesized: false };
}

function readComparison(cursor: Cursor): Term {
  const term = readTerm(cursor);
  const comparator = COMPARATORS.find((sign) => cursor.at(sign));
  if (comparator !== undefined) {
    const left = asOperand(cursor, term);
    cursor.next();
    return plain({ kind: 'compare', comparator, left, right: readOperand(cursor) });
  }
  if (cursor.at('BETWEEN')) {
    const operand = asOperand(cursor, term);
    cursor.next();
    const low = readOperand(cursor);
    cursor.expect('AND');
    return plain({ kind: 'between', operand, low, high: readOperand(cursor) });
  }
  if (cursor.at('IN')) {
    const operand = asOperand(cursor, term);
    cursor.next();
    return plain({ kind: 'in', operand, options: readList(cursor) });
  }
  return term;
}

function readTerm(cursor: Cursor): Term {
  if (!cursor.take('(')) return plain(readBareOperand(cursor));
  const inner = readOr(cursor);
  cursor.expect(')');
  if (inner.parenthesized) throw invalidExpression(cursor.kind, 'The expression has redundant parentheses;');
  return { node: inner.node, parenthesized: true };
}

function readOperand(cursor: Cursor): WrittenOperand {
  return asOperand(cursor, readTerm(cursor));
}

function readBareOperand(cursor: Cursor): WrittenOperand {
  const token = cursor.peek();
  if (token.kind === 'value') return { kind: 'value', placeholder: cursor.next().text };
  if (token.kind === 'word' && KEYWORDS.has(token.text.toUpperCase())) throw cursor.fail();
  if (token.kind === 'word' && cursor.peek(1).text === '(') {
    return { kind: 'call', name: cursor.next().text, operands: readList(cursor) };
  }
  return { kind: 'path', path: readPath(cursor) };
}

function readList(cursor: Cursor): readonly WrittenOperand[] {
  cursor.expect('(');
  const operands = [readOperand(cursor)];
  while (cursor.take(',')) operands.push(readOperand(cursor));
  cursor.expect(')');
  return operands;
}

function plain(node: Term['node']): Term {
  return { node, parenthesized: false };
}

/** A path or a value alone is no condition; what comes after it does not fit. */
function asCondition(cursor: Cursor, { node }: Term): WrittenCondition {
  if (node.kind === 'path' || node.kind === 'value') throw cursor.fail();
  return node;
}

function asOperand(cursor: Cursor, { node }: Term): WrittenOperand {
  if (node.kind === 'path' || node.kind === 'value' || node.kind === 'call') return node;
  throw cursor.fail();
}
