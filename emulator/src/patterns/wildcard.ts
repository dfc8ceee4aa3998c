/**
 * A wildcard pattern, cut at its stars: `a*b*` is the literals `a`, `b` and the empty one. `*` stands for any run of
 * characters, also none.
 */
export interface Wildcard {
  readonly literals: readonly [string, ...string[]];
}

/** The literals of a wildcard pattern, or what is wrong with it, as AWS says it. */
export function parseWildcard(text: string): Wildcard | { readonly problem: string } {
  const literals: string[] = [];
  let literal = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const following = text.charAt(at + 1);
    if (char === '*') {
      if (following === '*') return { problem: `Consecutive wildcard characters at pos ${bytes(text, at)}` };
      literals.push(literal);
      literal = '';
    } else if (char === '\\') {
      if (following !== '*' && following !== '\\')
        return { problem: `Invalid escape character at pos ${bytes(text, at)}` };
      literal += following;
      at += 1;
    } else {
      literal += char;
    }
  }
  literals.push(literal);
  const [first = '', ...rest] = literals;
  return { literals: [first, ...rest] };
}

/** Where in the value, opening quote included, as bytes of UTF-8: AWS counts so. */
function bytes(text: string, at: number): number {
  return 1 + Buffer.byteLength(text.slice(0, at));
}

/** Does the whole of `text` match? In time linear in `text` for each literal. */
export function wildcardMatches({ literals }: Wildcard, text: string): boolean {
  const first = literals[0];
  if (literals.length === 1) return text === first;
  const last = literals[literals.length - 1] ?? '';
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (let index = 1; index < literals.length - 1; index += 1) {
    const literal = literals[index] ?? '';
    at = text.indexOf(literal, at);
    if (at === -1 || at + literal.length > end) return false;
    at += literal.length;
  }
  return true;
}
