import * as fc from 'fast-check';
import { matchesPattern } from 'parallax-emulator/patterns';
import { exactMapping } from 'parallax-translator/mappings';
import { expect, test } from 'vitest';
import { filterMatches, patternOf, subjectOf } from '#core';
import { isShorter, relate, relationWord, shortestDifference } from './decide.ts';
import type { Relation } from './decide.ts';
import { filterLanguage, languageHas } from './language.ts';
import { ruleLanguage, UndecidableRuleError } from './rule-language.ts';

const filter = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 3 }), fc.constantFrom('a', '*', '>'))
  .map(([tokens, last]) => [...tokens, last].join('.'));

/** All subjects up to six tokens over the named ones and one other: longer ones differ in nothing. */
const subjects = texts(6);

function texts(tokensMax: number): readonly string[] {
  let layer = [''];
  const all: string[] = [];
  for (let count = 1; count <= tokensMax; count += 1) {
    layer = layer.flatMap((text) => ['a', 'b', 'x'].map((token) => (text === '' ? token : `${text}.${token}`)));
    all.push(...layer);
  }
  return all;
}

/** Holds a relation to all subjects up to six tokens: what it shows is there, and nothing shorter, or nothing at all. */
function expectRelation(relation: Relation, left: (subject: string) => boolean, right: (subject: string) => boolean) {
  const parts = {
    onlyLeft: (subject: string) => left(subject) && !right(subject),
    onlyRight: (subject: string) => !left(subject) && right(subject),
    both: (subject: string) => left(subject) && right(subject),
  };
  for (const part of ['onlyLeft', 'onlyRight', 'both'] as const) {
    const shown = relation[part];
    const shortest = subjects.filter(parts[part]).reduce<string | undefined>(shorter, undefined);
    expect([part, shown && sizeOf(shown)]).toEqual([part, shortest && sizeOf(shortest)]);
    if (shown !== undefined) expect([shown, parts[part](shown)]).toEqual([shown, true]);
  }
}

const shorter = (a: string | undefined, b: string): string => (a === undefined || isShorter(b, a) ? b : a);
const sizeOf = (subject: string) => ({ tokens: subject.split('.').length, characters: subject.length });

const matcherOf = (text: string) => (subject: string) => filterMatches(patternOf(text), subjectOf(subject));

test('two filters: each part is empty or has its shortest subject, as brute force finds', () => {
  fc.assert(
    fc.property(filter, filter, (left, right) => {
      expectRelation(relate(filterLanguage(left), filterLanguage(right)), matcherOf(left), matcherOf(right));
    }),
    { numRuns: 200 },
  );
});

const tokenTest = fc.oneof(
  fc.constantFrom('a', 'b'),
  fc.constantFrom(true, false).map((exists) => ({ exists })),
  fc.constantFrom(['a'], ['a', 'b']).map((tokens) => ({ 'anything-but': tokens })),
);
const countTest = fc.oneof(
  fc.integer({ min: 1, max: 4 }),
  fc.tuple(fc.constantFrom('=', '<', '<=', '>', '>='), fc.integer({ min: 1, max: 4 })).map((numeric) => ({ numeric })),
  fc
    .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 3, max: 5 }))
    .map(([a, b]) => ({ numeric: ['>', a, '<', b] })),
);
const fields = fc.record(
  {
    n: fc.array(countTest, { minLength: 1, maxLength: 2 }),
    t0: fc.array(tokenTest, { minLength: 1, maxLength: 2 }),
    t1: fc.array(tokenTest, { minLength: 1, maxLength: 2 }),
    t3: fc.array(tokenTest, { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const rule = fc
  .tuple(
    fields.filter((detail) => Object.keys(detail).length > 0),
    fc.option(
      fc.array(
        fields.filter((detail) => Object.keys(detail).length > 0),
        { minLength: 2, maxLength: 3 },
      ),
    ),
  )
  .filter(([detail, or]) => !(or ?? []).some((member) => Object.keys(member).some((key) => key in detail)))
  .map(([detail, or]) => ({ source: ['nats'], detail: { ...detail, ...(or === null ? {} : { $or: or }) } }));

/** The event as EventBridge sees it. */
function eventOf(subject: string) {
  const { source, detailType, detail } = exactMapping.encode(subject);
  return { source, 'detail-type': detailType, detail };
}

test('a rule is the set of the subjects whose events EventBridge’s matcher takes', () => {
  fc.assert(
    fc.property(rule, (pattern) => {
      const language = ruleLanguage(pattern);
      for (const subject of texts(4))
        expect([subject, languageHas(language, subject)]).toEqual([subject, matchesPattern(pattern, eventOf(subject))]);
    }),
    { numRuns: 60 },
  );
});

test('a filter and a rule: as brute force finds with the matcher', () => {
  fc.assert(
    fc.property(filter, rule, (text, pattern) => {
      const language = ruleLanguage(pattern);
      expectRelation(relate(filterLanguage(text), language), matcherOf(text), (subject) =>
        languageHas(language, subject),
      );
    }),
    { numRuns: 100 },
  );
});

test('the exact mapping’s rule is exactly its filter, for any filter that it takes', () => {
  fc.assert(
    fc.property(filter, (text) => {
      expect(relationWord(relate(filterLanguage(text), ruleLanguage(exactMapping.rule(text))))).toBe('equal');
    }),
  );
});

test.each([
  ['a.>', 'a.*', 'around', 'a.x.x'],
  ['a.*', 'a.>', 'inside', 'a.x.x'],
  ['a.*', '*.a', 'overlap', 'a.x'],
  ['a.b', 'a.c', 'apart', 'a.b'],
  ['>', '*.>', 'around', 'x'],
  ['a.*.c', 'a.*.c', 'equal', undefined],
  ['a.*.*', 'a.*.b', 'around', 'a.x.x'],
])('%s beside %s: %s, shortest difference %s', (left, right, word, difference) => {
  const relation = relate(filterLanguage(left), filterLanguage(right));
  expect([relationWord(relation), shortestDifference(relation)]).toEqual([word, difference]);
});

test('a filter of 300 tokens is decided at once', () => {
  const long = Array.from({ length: 300 }, () => 'a').join('.');
  expect(shortestDifference(relate(filterLanguage(long), filterLanguage(`${long}.>`)))).toBe(long);
});

test.each<[Record<string, unknown>, string]>([
  [{ detail: { s: [{ prefix: 'a.' }] } }, "field 'detail.s' is not a token or the count"],
  [{ detail: { t0: [{ prefix: 'a' }] } }, 'field \'detail.t0\' asks for more than whole tokens: {"prefix":"a"}'],
  [{ detail: { t0: ['a'], $or: [{ t0: ['b'] }, { n: [1] }] } }, "field 't0' is tested inside '$or' and beside it"],
  [{ account: ['1'] }, "field 'account' is not one of the exact mapping's events"],
])('%j is not decided', (pattern, message) => {
  expect(() => ruleLanguage(pattern)).toThrow(new UndecidableRuleError(message));
});
