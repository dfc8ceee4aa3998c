/** Subjects with a number of tokens in one of `counts`, whose tokens pass the tests of their positions. */
export interface TokenBox {
  readonly counts: readonly CountRange[];
  /** By position; a test holds only where the subject has such a token. */
  readonly tests: ReadonlyMap<number, TokenTest>;
}

/** From `min` to `max` tokens, both included. */
export interface CountRange {
  readonly min: number;
  readonly max: number;
}

/** One of the tokens; negated: none of them. */
export interface TokenTest {
  readonly tokens: ReadonlySet<string>;
  readonly negated: boolean;
}

/** A set of subjects that looks at whole tokens only: the union of its boxes. */
export type TokenLanguage = readonly TokenBox[];

/** The subjects that a filter asks for. The filter must be one that a server takes. */
export function filterLanguage(filter: string): TokenLanguage {
  const tokens = filter.split('.');
  const open = tokens.at(-1) === '>';
  const counts = [{ min: tokens.length, max: open ? Infinity : tokens.length }];
  const tests = tokens.flatMap((token, position) =>
    token === '*' || token === '>' ? [] : [[position, { tokens: new Set([token]), negated: false }] as const],
  );
  return [{ counts, tests: new Map(tests) }];
}

/** Is the subject in the set? */
export function languageHas(language: TokenLanguage, subject: string): boolean {
  const tokens = subject.split('.');
  return language.some(
    ({ counts, tests }) =>
      counts.some(({ min, max }) => min <= tokens.length && tokens.length <= max) &&
      [...tests].every(([position, test]) => {
        const token = tokens[position];
        return token !== undefined && passes(test, token);
      }),
  );
}

export function passes({ tokens, negated }: TokenTest, token: string): boolean {
  return tokens.has(token) !== negated;
}
