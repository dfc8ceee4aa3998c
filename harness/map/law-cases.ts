import * as fc from 'fast-check';
import { filterFault, subjectFault } from '../subjects/grammar.ts';

/** Tokens of the small cases: plain ones, a joined pair, the document's roots, and a wildcard that was published. */
const smallTokens = ['a', 'b', 'a-b', 'agent', 'broadcast', 'coord', 'work', '*'];
const filterTokens = ['a', 'agent', 'broadcast', '*', '>'];

/** All subjects of up to `tokensMax` small tokens, shortest first. */
export function smallSubjects(tokensMax: number): readonly string[] {
  return allTexts(smallTokens, tokensMax);
}

/** Filters and subjects over fewer tokens, because pairs multiply; shortest subject first. */
export function smallPairs(): readonly (readonly [filter: string, subject: string])[] {
  const filters = allTexts(filterTokens, 3).filter((text) => filterFault(text) === undefined);
  const subjects = allTexts(['a', 'agent', 'broadcast', 'A'], 4);
  return subjects.flatMap((subject) => filters.map((filter) => [filter, subject] as const));
}

/** By number of tokens, then of characters, then in the alphabet's own order. */
function allTexts(alphabet: readonly string[], tokensMax: number): readonly string[] {
  const layers: (readonly string[])[] = [alphabet];
  for (let tokens = 2; tokens <= tokensMax; tokens += 1)
    layers.push((layers.at(-1) ?? []).flatMap((text) => alphabet.map((token) => `${text}.${token}`)));
  return layers.flatMap((layer) => layer.toSorted((a, b) => a.length - b.length));
}

/** Any but halves of surrogate pairs. fast-check's own strings of any code point take 1.5 s to set up. */
const codePoint = fc.oneof(
  fc.integer({ min: 0, max: 0x7f }),
  fc.integer({ min: 0, max: 0x10_ffff }).map((code) => (code >= 0xd800 && code <= 0xdfff ? code - 0x800 : code)),
);

/** Tokens that have broken mappings: composed and decomposed letters, escapes, prefixes that AWS keeps, controls. */
const token = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...smallTokens, 'A', 'a-b', 'a_b') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'é',
      'e\u0301',
      '%61',
      'aws',
      '$SYS',
      '_INBOX',
      '\u0001',
      '"',
      '\\',
      'a*',
      '>',
      '👍',
      '0',
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(codePoint, { minLength: 1, maxLength: 12 })
      .map((codes) => String.fromCodePoint(...codes).replaceAll('.', '-')),
  },
);

/** Subjects that a server routes, in any UTF-8, now and then up to the line limit. */
export const anySubject: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 20, arbitrary: fc.array(token, { minLength: 1, maxLength: 8 }) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 300 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 4_094 }).map((length) => ['x'.repeat(length)]) },
  )
  .map((tokens) => tokens.join('.'))
  .filter((text) => subjectFault(text) === undefined);

/** A subject with another that is near to it: a token changed, moved, joined, left out. */
export const nearSubjects: fc.Arbitrary<readonly [string, string]> = fc
  .tuple(fc.array(token, { minLength: 1, maxLength: 6 }), fc.nat(5), token, fc.nat(4))
  .map(([tokens, at, other, way]): readonly [string, string] => {
    const position = at % tokens.length;
    const changed = [
      tokens.with(position, other),
      tokens.toSpliced(position, 1),
      tokens.toSpliced(position, 0, other),
      tokens.toSpliced(position, 2, tokens.slice(position, position + 2).join('-')),
      [...tokens, other],
    ][way];
    return [tokens.join('.'), (changed ?? tokens).join('.')];
  })
  .filter(([a, b]) => a !== b && subjectFault(a) === undefined && subjectFault(b) === undefined);

/** A subject with a filter that was made from it, so that many ask for it and the others nearly do. */
export const anyPair: fc.Arbitrary<readonly [filter: string, subject: string]> = fc
  .tuple(
    fc.array(token, { minLength: 1, maxLength: 8 }),
    fc.array(fc.constantFrom('same', '*', 'other'), { minLength: 8, maxLength: 8 }),
    fc.constantFrom('as-is', 'open', 'shorter', 'longer'),
    token,
  )
  .map(([tokens, ways, end, other]): readonly [string, string] => {
    const filter = tokens.map((own, at) => (ways[at] === '*' ? '*' : ways[at] === 'other' ? other : own));
    const ended = {
      'as-is': filter,
      open: [...filter.slice(0, Math.max(0, filter.length - 1)), '>'],
      shorter: filter.length > 1 ? filter.slice(0, -1) : filter,
      longer: [...filter, '*'],
    }[end];
    return [ended.join('.'), tokens.join('.')];
  })
  .filter(([filter, subject]) => filterFault(filter) === undefined && subjectFault(subject) === undefined);

/** Filters of any length that a server takes: what has to fit, or be refused with a reason. */
export const anyFilter: fc.Arbitrary<string> = fc
  .oneof(
    fc.array(fc.oneof(token, fc.constantFrom('*', '>')), { minLength: 1, maxLength: 12 }),
    fc.array(fc.constantFrom('a', '*', 'long-token-of-a-deep-tree'), { minLength: 1, maxLength: 300 }),
    fc.integer({ min: 1, max: 4_094 }).map((length) => ['x'.repeat(length)]),
  )
  .map((tokens) => tokens.join('.'))
  .filter((text) => filterFault(text) === undefined);
