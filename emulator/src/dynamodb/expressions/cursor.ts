import { invalid } from '../invalid.ts';
import type { Token } from './tokens.ts';
import { tokenize } from './tokens.ts';
import { dynamodbQuotas } from '../../quotas.ts';

/** `KeyConditionExpression`, …: what messages call it. */
export type ExpressionKind =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

/** Ours, so that no expression exhausts the stack; DynamoDB publishes none. */
const PARENTHESES_MAX = 100;
const OPERATORS = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN', '=', '<>', '<', '<=', '>', '>=', '+', '-']);

/** A place in an expression. */
export interface Cursor {
  readonly kind: ExpressionKind;
  readonly peek: (ahead?: number) => Token;
  readonly next: () => Token;
  /** Whether the next token is this sign or keyword (any case), which is then taken. */
  readonly take: (text: string) => boolean;
  readonly at: (text: string) => boolean;
  /** Takes this sign or keyword; throws a syntax error otherwise. */
  readonly expect: (text: string) => void;
  readonly fail: () => Error;
}

/** Throws ValidationException where the expression is empty or too long. */
export function cursor(kind: ExpressionKind, source: string): Cursor {
  if (source.trim() === '') throw invalidExpression(kind, 'The expression can not be empty;');
  const bytes = Buffer.byteLength(source);
  if (bytes > dynamodbQuotas.expressionBytesMax) {
    throw invalidExpression(kind, `Expression size has exceeded the maximum allowed size; expression size: ${bytes}`);
  }
  const tokens = tokenize(source);
  checkComplexity(kind, tokens);
  const last = tokens.length - 1;
  let position = 0;
  const peek = (ahead = 0): Token => tokenAt(tokens, Math.min(position + ahead, last));
  const at = (text: string): boolean => matches(peek(), text);
  const next = (): Token => {
    const token = peek();
    position += 1;
    return token;
  };
  const take = (text: string): boolean => {
    if (!at(text)) return false;
    position += 1;
    return true;
  };
  const fail = (): Error => syntaxError(kind, source, tokens, Math.min(position, last));
  return {
    kind,
    peek,
    at,
    next,
    take,
    fail,
    expect(text) {
      if (!take(text)) throw fail();
    },
  };
}

/** The wording of these two answers is ours; no page gives it. */
function checkComplexity(kind: ExpressionKind, tokens: readonly Token[]): void {
  let depth = 0;
  let operators = 0;
  for (const { kind: type, text } of tokens) {
    if (type === 'word' ? OPERATORS.has(text.toUpperCase()) : type === 'sign' && OPERATORS.has(text)) operators += 1;
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    if (depth > PARENTHESES_MAX) throw invalidExpression(kind, 'The expression is nested too deeply;');
  }
  if (operators > dynamodbQuotas.expressionOperatorsMax) {
    throw invalidExpression(kind, `The expression contains too many operators; operator count: ${operators}`);
  }
}

export function invalidExpression(kind: ExpressionKind, message: string): Error {
  return invalid(`Invalid ${kind}: ${message}`);
}

function matches(token: Token, text: string): boolean {
  if (token.kind === 'word') return token.text.toUpperCase() === text;
  return token.kind === 'sign' && token.text === text;
}

function tokenAt(tokens: readonly Token[], index: number): Token {
  const token = tokens[index];
  if (token === undefined) throw new Error(`no token at ${index}`);
  return token;
}

/** DynamoDB shows the token that does not fit between its neighbours, as they were written. */
function syntaxError(kind: ExpressionKind, source: string, tokens: readonly Token[], index: number): Error {
  const token = tokenAt(tokens, index);
  const before = tokenAt(tokens, Math.max(index - 1, 0));
  const after = tokenAt(tokens, Math.min(index + 1, tokens.length - 1));
  const near = source.slice(before.start, after.end);
  return invalidExpression(kind, `Syntax error; token: "${token.text}", near: "${near}"`);
}
