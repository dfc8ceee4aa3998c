import { expect, test } from 'vitest';
import { patternOf, subjectOf } from './brand.ts';
import { filterMatches } from './subject-filter.ts';

test.each([
  ['a.b', 'a.b', true],
  ['a.b', 'a.B', false],
  ['a.*', 'a.b', true],
  ['a.*', 'a', false],
  ['a.*', 'a.b.c', false],
  ['*.b', 'a.b', true],
  ['a.*x', 'a.bx', false],
  ['a.*x', 'a.*x', true],
  ['a.>', 'a', false],
  ['a.>', 'a.b.c', true],
  ['>', 'a', true],
  ['a.b.c', 'a.b', false],
])('filter %s on subject %s: %s', (filter, subject, expected) => {
  expect(filterMatches(patternOf(filter), subjectOf(subject))).toBe(expected);
});
