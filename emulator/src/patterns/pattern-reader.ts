import { InvalidPatternError } from './invalid-pattern-error.ts';
import { locate } from './source-place.ts';

export type Token =
  | 'start-object'
  | 'end-object'
  | 'start-array'
  | 'end-array'
  | 'name'
  | 'string'
  | 'number'
  | 'true'
  | 'false'
  | 'null'
  | 'end';

/**
 * Reads JSON token by token and knows at each where it stands, because EventBridge's errors say so. The places are those
 * that were recorded: behind a name's colon and the start of its value, and behind the opening quote of a string whose
 * text nobody has asked for.
 */
export interface PatternReader {
  readonly next: () => Token;
  /** The text of the token that `next` gave last; moves behind a string. */
  readonly text: () => string;
  /** An error at the reader's place. */
  readonly error: (reason: string) => InvalidPatternError;
}

interface Scope {
  readonly kind: 'Object' | 'Array';
  readonly startAt: number;
  empty: boolean;
}

interface State {
  readonly source: string;
  readonly scopes: Scope[];
  at: number;
  token: Token;
  name: string;
  value: string;
  /** What follows a name is read together with it. */
  ahead: Token | undefined;
  /** Only the opening quote of a string has been read. */
  stringOpen: boolean;
}

/** Of AWS's JSON reader. */
const nestingMax = 1000;

const validTokens = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

export function createPatternReader(source: string): PatternReader {
  const reader: State = {
    source,
    scopes: [],
    at: 0,
    token: 'end',
    name: '',
    value: '',
    ahead: undefined,
    stringOpen: false,
  };
  return {
    next: () => next(reader),
    text() {
      if (reader.token === 'name') return reader.name;
      if (reader.stringOpen) reader.value = readString(reader);
      return reader.value;
    },
    error: (reason) => fail(reader, reason),
  };
}

function next(reader: State): Token {
  reader.token = reader.ahead === undefined ? advance(reader) : reader.ahead;
  if (reader.token !== 'name') reader.ahead = undefined;
  const opens = reader.token === 'start-object' || reader.token === 'start-array';
  if (opens && reader.scopes.length >= nestingMax) {
    const limit = `the maximum allowed (${nestingMax}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`;
    throw new InvalidPatternError(`Document nesting depth (${nestingMax + 1}) exceeds ${limit}`);
  }
  if (reader.token === 'start-object') reader.scopes.push({ kind: 'Object', startAt: reader.at - 1, empty: true });
  if (reader.token === 'start-array') reader.scopes.push({ kind: 'Array', startAt: reader.at - 1, empty: true });
  return reader.token;
}

function advance(reader: State): Token {
  if (reader.stringOpen) reader.value = readString(reader);
  let char = skipSpace(reader);
  const scope = reader.scopes.at(-1);
  if (char === '') {
    if (scope === undefined) return 'end';
    const start = `start marker at ${locate(reader.source, scope.startAt)}`;
    throw fail(reader, `Unexpected end-of-input: expected close marker for ${scope.kind} (${start})`);
  }
  if (char === '}' || char === ']') return close(reader, char, scope);
  if (scope?.empty === false) char = readComma(reader, char, scope);
  if (scope !== undefined) scope.empty = false;
  if (scope?.kind !== 'Object') return readValue(reader, char);
  if (char !== '"') throw unexpected(reader, char, 'was expecting double-quote to start field name');
  reader.name = readString(reader, ' in field name');
  reader.ahead = readValue(reader, readColon(reader));
  return 'name';
}

function close(reader: State, char: '}' | ']', scope: Scope | undefined): Token {
  const kind = char === '}' ? 'Object' : 'Array';
  if (scope?.kind !== kind) {
    // The root, which nothing opened, is said to start before the first column.
    const inside = scope === undefined ? 'root' : scope.kind;
    const start = locate(reader.source, scope === undefined ? -1 : scope.startAt);
    const wanted = char === '}' ? ']' : '}';
    const where = `(for ${inside} starting at ${start})`;
    throw fail(reader, `Unexpected close marker '${char}': expected '${wanted}' ${where}`, reader.at - 1);
  }
  reader.scopes.pop();
  return literal(reader, kind === 'Object' ? 'end-object' : 'end-array', char);
}

function readComma(reader: State, char: string, scope: Scope): string {
  if (char !== ',') throw unexpected(reader, char, `was expecting comma to separate ${scope.kind} entries`);
  const following = skipSpace(reader);
  if (following === '') throw fail(reader, `Unexpected end-of-input within/between ${scope.kind} entries`);
  return following;
}

function readColon(reader: State): string {
  const char = skipSpace(reader);
  if (char !== ':') throw unexpected(reader, char, 'was expecting a colon to separate field name and value');
  return skipSpace(reader);
}

function readValue(reader: State, char: string): Token {
  if (char === '{') return literal(reader, 'start-object', '{');
  if (char === '[') return literal(reader, 'start-array', '[');
  if (char === '"') {
    reader.stringOpen = true;
    return 'string';
  }
  if (char === '-' || isDigit(char)) return readNumber(reader);
  const word = char === 't' ? 'true' : char === 'f' ? 'false' : char === 'n' ? 'null' : undefined;
  if (word !== undefined) return readWord(reader, word);
  if (/[\p{L}_$]/u.test(char)) throw unknownToken(reader, reader.at - 1);
  throw unexpected(reader, char, char === '}' ? 'expected a value' : `expected a valid value ${validTokens}`);
}

function literal(reader: State, kind: Token, text: string): Token {
  reader.value = text;
  return kind;
}

function readWord(reader: State, word: 'true' | 'false' | 'null'): Token {
  const start = reader.at - 1;
  if (!reader.source.startsWith(word, start) || /[\p{L}\p{N}_$]/u.test(reader.source.charAt(start + word.length)))
    throw unknownToken(reader, start);
  reader.at = start + word.length;
  return literal(reader, word, word);
}

function readNumber(reader: State): Token {
  const start = reader.at - 1;
  if (reader.source.charAt(start) === '-') {
    const char = reader.source.charAt(reader.at);
    if (char === '.') throw fail(reader, `Unexpected character ('.' (code 46)): expected a valid value ${validTokens}`);
    if (!isDigit(char)) {
      throw badNumber(reader, 'expected digit (0-9) to follow minus sign, for valid numeric value', reader.at);
    }
    reader.at += 1;
  }
  const zero = reader.source.charAt(reader.at - 1) === '0';
  if (zero && isDigit(reader.source.charAt(reader.at))) {
    throw fail(reader, 'Invalid numeric value: Leading zeroes not allowed');
  }
  skipDigits(reader);
  if (reader.scopes.length === 0 && !' \t\r\n.eE'.includes(reader.source.charAt(reader.at))) {
    reader.at += 1;
    throw unexpected(reader, reader.source.charAt(reader.at - 1), 'Expected space separating root-level values');
  }
  if (skipOne(reader, '.') && skipDigits(reader) === 0) {
    throw badNumber(reader, 'Decimal point not followed by a digit', zero ? reader.at : reader.at - 1);
  }
  if (skipOne(reader, 'eE')) {
    skipOne(reader, '+-');
    if (skipDigits(reader) === 0) throw badNumber(reader, 'Exponent indicator not followed by a digit', start + 1);
  }
  return literal(reader, 'number', reader.source.slice(start, reader.at));
}

/** An error about the next character; where it is said to be is one before, but for a sign. */
function badNumber(reader: State, comment: string, where = reader.at - 1): InvalidPatternError {
  const char = reader.source.charAt(reader.at);
  if (char === '') return fail(reader, 'Unexpected end-of-input');
  return fail(reader, `Unexpected character (${describe(char)}) in numeric value: ${comment}`, where);
}

function skipDigits(reader: State): number {
  const start = reader.at;
  while (isDigit(reader.source.charAt(reader.at))) reader.at += 1;
  return reader.at - start;
}

function skipOne(reader: State, chars: string): boolean {
  const char = reader.source.charAt(reader.at);
  const found = char !== '' && chars.includes(char);
  if (found) reader.at += 1;
  return found;
}

/** From behind the opening quote to behind the closing one. */
function readString(reader: State, what = ': was expecting closing quote for a string value'): string {
  reader.stringOpen = false;
  const start = reader.at;
  for (;;) {
    const char = reader.source.charAt(reader.at);
    reader.at += 1;
    if (char === '"') break;
    if (char === '') {
      reader.at -= 1;
      throw fail(reader, `Unexpected end-of-input${what}`);
    }
    if (char === '\\') checkEscape(reader);
    else if (char < ' ') throw control(reader, char);
  }
  const raw = reader.source.slice(start, reader.at - 1);
  if (!raw.includes('\\')) return raw;
  const decoded: unknown = JSON.parse(`"${raw}"`);
  return typeof decoded === 'string' ? decoded : raw;
}

function checkEscape(reader: State): void {
  const char = reader.source.charAt(reader.at);
  reader.at += 1;
  if (char === 'u') {
    for (let digit = 0; digit < 4; digit += 1, reader.at += 1) {
      const hex = reader.source.charAt(reader.at);
      if (/[\da-fA-F]/.test(hex)) continue;
      reader.at += 1;
      const what = `Unexpected character (${describe(hex)}): expected a hex-digit for character escape sequence`;
      throw fail(reader, hex === '' ? 'Unexpected end-of-input in character escape sequence' : what, reader.at - 1);
    }
  } else if (!'"\\/bfnrt'.includes(char) || char === '') {
    throw fail(reader, `Unrecognized character escape ${describe(char)}`, reader.at - 1);
  }
}

function skipSpace(reader: State): string {
  while (' \t\r\n'.includes(reader.source.charAt(reader.at)) && reader.at < reader.source.length) reader.at += 1;
  const char = reader.source.charAt(reader.at);
  if (char !== '') reader.at += 1;
  return char;
}

function unknownToken(reader: State, start: number): InvalidPatternError {
  const word = /^[\p{L}\p{N}_$]*/u.exec(reader.source.slice(start))?.[0] ?? '';
  reader.at = start + word.length;
  return fail(reader, `Unrecognized token '${word}': was expecting ${validTokens}`);
}

function control(reader: State, char: string): InvalidPatternError {
  const code = char.charCodeAt(0);
  return fail(
    reader,
    `Illegal unquoted character ((CTRL-CHAR, code ${code})): has to be escaped using backslash to be included in string value`,
  );
}

function unexpected(reader: State, char: string, comment: string): InvalidPatternError {
  if (char === '') return fail(reader, 'Unexpected end-of-input');
  // A slash is told apart before anyone knows what belongs there.
  const said =
    char === '/'
      ? "maybe a (non-standard) comment? (not recognized as one since Feature 'ALLOW_COMMENTS' not enabled for parser)"
      : comment;
  return fail(reader, `Unexpected character (${describe(char)}): ${said}`, reader.at - 1);
}

function fail(reader: State, reason: string, where = reader.at): InvalidPatternError {
  return new InvalidPatternError(`${reason}\n at ${locate(reader.source, where)}`);
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9' && char.length === 1;
}

function describe(char: string): string {
  const code = char.charCodeAt(0);
  return code < 32
    ? `(CTRL-CHAR, code ${code})`
    : `'${char}' (code ${code}${code > 255 ? ` / 0x${code.toString(16)}` : ''})`;
}
