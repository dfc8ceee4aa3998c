/** A JSON value that knows on which line of its text it begins, so that whoever refuses it can say where. */
export type Located =
  | { readonly line: number; readonly kind: 'object'; readonly members: ReadonlyMap<string, Located> }
  | { readonly line: number; readonly kind: 'array'; readonly items: readonly Located[] }
  | { readonly line: number; readonly kind: 'plain'; readonly value: string | number | boolean | null };

/** What is wrong with a text, and the line it is on, from 1. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  readonly line: number;

  constructor(message: string, line: number, options?: ErrorOptions) {
    super(message, options);
    this.line = line;
  }
}

/**
 * Parses what `JSON.parse` parses, keeping lines; a member that stands twice in an object is refused too.
 *
 * @throws JsonError
 */
export function parseLocatedJson(text: string): Located {
  const reader = createReader(text);
  const value = parseValue(reader);
  const rest = reader.next();
  if (rest.text !== '') throw new JsonError(`'${rest.text}' after the end of the value`, rest.line);
  return value;
}

interface Token {
  /** Empty at the end of the text. */
  readonly text: string;
  readonly line: number;
}

interface Reader {
  readonly next: () => Token;
  readonly peek: () => Token;
}

/** A structural character, a string, a number or a word, as RFC 8259 spells them. */
const tokenPattern =
  // oxlint-disable-next-line no-control-regex -- RFC 8259 forbids them in strings
  /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const spacePattern = /[ \t\r\n]*/y;

function createReader(text: string): Reader {
  let position = 0;
  let line = 1;
  let ahead: Token | undefined;

  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0];
    position += found?.length ?? 0;
    return found;
  }

  function read(): Token {
    line += take(spacePattern)?.split('\n').length ?? 1;
    line -= 1;
    if (position === text.length) return { text: '', line };
    const found = take(tokenPattern);
    if (found === undefined) throw new JsonError(`'${text.slice(position, position + 20).trim()}' is not JSON`, line);
    return { text: found, line };
  }

  return {
    peek: () => (ahead ??= read()),
    next() {
      const token = ahead ?? read();
      ahead = undefined;
      return token;
    },
  };
}

function parseValue(reader: Reader): Located {
  const { text, line } = reader.next();
  if (text === '{') return { line, kind: 'object', members: parseMembers(reader) };
  if (text === '[') return { line, kind: 'array', items: parseItems(reader) };
  if (text === '') throw new JsonError('the text ends where a value was expected', line);
  if (/^[}\],:]$/.test(text)) throw new JsonError(`'${text}' where a value was expected`, line);
  return { line, kind: 'plain', value: plainValue(text) };
}

function plainValue(text: string): string | number | boolean | null {
  const value: unknown = JSON.parse(text);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function parseMembers(reader: Reader): ReadonlyMap<string, Located> {
  const members = new Map<string, Located>();
  if (reader.peek().text === '}') reader.next();
  else {
    do {
      const { text, line } = reader.next();
      if (!text.startsWith('"')) throw new JsonError(`'${text}' where a name in quotes was expected`, line);
      const name = String(plainValue(text));
      if (members.has(name)) throw new JsonError(`'${name}' stands twice`, line);
      expectToken(reader, [':']);
      members.set(name, parseValue(reader));
    } while (expectToken(reader, [',', '}']) === ',');
  }
  return members;
}

function parseItems(reader: Reader): readonly Located[] {
  const items: Located[] = [];
  if (reader.peek().text === ']') reader.next();
  else {
    do items.push(parseValue(reader));
    while (expectToken(reader, [',', ']']) === ',');
  }
  return items;
}

function expectToken(reader: Reader, expected: readonly string[]): string {
  const { text, line } = reader.next();
  if (!expected.includes(text)) {
    throw new JsonError(
      `${text === '' ? 'the text ends' : `'${text}'`} where '${expected.join("' or '")}' was expected`,
      line,
    );
  }
  return text;
}
