import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { filterMatches, patternOf, subjectOf } from '#core';
import { compileFilters } from './filter-index.ts';
import { fateOfPublish, fateOfSubscribe, filterFault, subjectFault } from './grammar.ts';

const token = fc.constantFrom('a', 'b', 'A', '*', '>', 'a*', '>>');
const text = fc.array(token, { minLength: 1, maxLength: 6 }).map((tokens) => tokens.join('.'));
const filter = text.filter((candidate) => fateOfSubscribe(candidate).kind === 'routed');

test('compiled filters match as one by one', () => {
  fc.assert(
    fc.property(fc.array(filter, { maxLength: 30 }), text, (filters, subject) => {
      const expected = filters.flatMap((one, position) =>
        filterMatches(patternOf(one), subjectOf(subject)) ? [position] : [],
      );
      expect(compileFilters(filters).match(subject)).toEqual(expected);
    }),
  );
});

test('what no server routes matches nothing', () => {
  expect(compileFilters(['>', '*.*', 'a.>']).match('a.')).toEqual([]);
});

test.each([
  ['a.b', 'routed'],
  ['a.*.>', 'routed'],
  ['a.\f', 'routed'],
  ['a..b', 'discarded'],
  ['.a', 'discarded'],
  ['a.', 'discarded'],
  ['a b', 'misread'],
  ['a.\tb', 'misread'],
  ['', 'closed'],
  ['x'.repeat(4_094), 'routed'],
  ['x'.repeat(4_095), 'closed'],
  ['é'.repeat(2_047), 'routed'],
  ['é'.repeat(2_048), 'closed'],
  [Array.from({ length: 300 }, () => 'a').join('.'), 'routed'],
])('a publish to %j is %s', (subject, kind) => {
  expect(fateOfPublish(subject).kind).toBe(kind);
});

test.each([
  ['a.>', 'routed'],
  ['a.>b', 'routed'],
  ['a.>.b', 'refused'],
  ['>.>', 'refused'],
  ['a..b', 'refused'],
])('a subscription to %j is %s', (candidate, kind) => {
  expect(fateOfSubscribe(candidate).kind).toBe(kind);
});

test('faults are told in one line', () => {
  expect(subjectFault('a..b')).toBe("subject 'a..b' has an empty token at 1");
  expect(filterFault('a.>.b')).toBe("filter 'a.>.b' has '>' at 1, expected it as the last token only");
  expect(filterFault('a.*.>')).toBeUndefined();
});
