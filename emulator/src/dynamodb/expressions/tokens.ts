/** A word, `#name`, `:value`, an index, or one sign. */
export interface Token {
  readonly kind: 'word' | 'name' | 'value' | 'number' | 'sign' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|(\d+)|(<>|<=|>=|[^\s]))/y;
const KINDS = ['word', 'name', 'value', 'number', 'sign'] as const;

/** Never fails: what is no token of the language is a sign that no rule accepts. */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(source); match !== null; match = TOKEN.exec(source)) {
    const group = KINDS.findIndex((_, index) => match[index + 1] !== undefined);
    const text = match[group + 1] ?? '';
    const end = match.index + match[0].length;
    tokens.push({ kind: KINDS[group] ?? 'sign', text, start: end - text.length, end });
  }
  tokens.push({ kind: 'end', text: '<EOF>', start: source.length, end: source.length });
  return tokens;
}
