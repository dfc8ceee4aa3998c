import { invalid } from '../invalid.ts';
import type { AttributeValue } from '../attribute-value.ts';

export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'sign' | 'end';
  /** Without quotes. */
  readonly text: string;
}

const TOKEN =
  /\s*(?:([A-Za-z_$][A-Za-z0-9_$]*)|"((?:[^"]|"")*)"|'((?:[^']|'')*)'|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(<<|>>|<>|!=|<=|>=|[-+*=<>(){}[\],.:?;]))/y;
/** Ours, so that no statement exhausts the stack; DynamoDB publishes none. */
const NESTING_MAX = 100;
const KINDS = ['word', 'name', 'string', 'number', 'sign'] as const;

/** A place in a statement. */
export interface Reader {
  readonly peek: () => Token;
  readonly next: () => Token;
  readonly at: (text: string) => boolean;
  /** Whether the next token is this sign or keyword (any case), which is then taken. */
  readonly take: (text: string) => boolean;
  readonly expect: (text: string) => void;
  readonly fail: (expected: string) => Error;
  /** The next parameter; throws ValidationException where there is none left. */
  readonly parameter: () => AttributeValue;
  /** Throws ValidationException where parameters are left over or the statement goes on. */
  readonly finish: () => void;
}

/** Throws ValidationException on what is no token. */
export function reader(statement: string, parameters: readonly AttributeValue[]): Reader {
  const tokens = tokenize(statement);
  let position = 0;
  let used = 0;
  const peek = (): Token => tokens[position] ?? { kind: 'end', text: '' };
  const at = (text: string): boolean => {
    const token = peek();
    if (token.kind === 'word') return token.text.toUpperCase() === text;
    return token.kind === 'sign' && token.text === text;
  };
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
  const fail = (expected: string): Error =>
    malformed(
      peek().kind === 'end'
        ? `Unexpected end of statement, expected ${expected}`
        : `Unexpected term '${peek().text}', expected ${expected}`,
    );
  return {
    peek,
    at,
    next,
    take,
    fail,
    expect(text) {
      if (!take(text)) throw fail(text);
    },
    parameter() {
      const value = parameters[used];
      used += 1;
      if (value === undefined) throw wrongParameters();
      return value;
    },
    finish() {
      take(';');
      if (peek().kind !== 'end') throw fail('end of statement');
      if (used !== parameters.length) throw wrongParameters();
    },
  };
}

/** The front is DynamoDB's, the detail ours: what its parser says of each mistake is written nowhere. */
export function malformed(detail: string): Error {
  return invalid(`Statement wasn't well formed, can't be processed: ${detail}`);
}

function wrongParameters(): Error {
  return invalid("Number of parameters in request and statement don't match.");
}

function tokenize(statement: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let end = 0;
  for (let match = TOKEN.exec(statement); match !== null; match = TOKEN.exec(statement)) {
    const group = KINDS.findIndex((_, index) => match[index + 1] !== undefined);
    const kind = KINDS[group] ?? 'sign';
    const text = match[group + 1] ?? '';
    const quote = kind === 'name' ? '"' : kind === 'string' ? "'" : undefined;
    tokens.push({ kind, text: quote === undefined ? text : text.replaceAll(quote + quote, quote) });
    end = TOKEN.lastIndex;
  }
  const rest = statement.slice(end).trim();
  if (rest !== '') throw malformed(`Unexpected character '${rest.charAt(0)}'`);
  checkNesting(tokens);
  return tokens;
}

function checkNesting(tokens: readonly Token[]): void {
  let depth = 0;
  for (const { kind, text } of tokens) {
    if (kind !== 'sign') continue;
    if (text === '(' || text === '[' || text === '{' || text === '<<') depth += 1;
    if (text === ')' || text === ']' || text === '}' || text === '>>') depth -= 1;
    if (depth > NESTING_MAX) throw malformed('nested too deeply');
  }
}
