import { expect, test } from 'vitest';
import { InvalidSubjectError } from './errors.ts';
import { patternTokens, subjectMatches, subjectTokens } from './subject.ts';

test.each([
  ['a.b', 'a.b', true],
  ['a.*', 'a.b', true],
  ['a.*', 'a.b.c', false],
  ['a.*', 'a', false],
  ['a.>', 'a', false],
  ['a.>', 'a.b', true],
  ['a.>', 'a.b.c', true],
  ['>', '$foo.x', true],
  ['*', '*', true],
  ['a.b*', 'a.bc', false],
  ['Foo', 'foo', false],
  ['foo.bar', 'foo.*', false],
])('subjects - %s asks for %s: %s', (pattern, subject, expected) => {
  expect(subjectMatches(pattern, subject)).toBe(expected);
});

test('subjects - empty tokens and white space are refused, a tail wildcard in the middle likewise', () => {
  for (const subject of ['', 'a..b', '.a', 'a.', 'a b', 'a\t', 'a.\n']) {
    expect(() => subjectTokens(subject)).toThrow(InvalidSubjectError);
  }
  expect(() => patternTokens('a.>.b')).toThrow("filter 'a.>.b' has '>' at 1");
});

test('subjects - what NATS routes is taken: Unicode spaces, form feeds and zero bytes are plain characters', () => {
  for (const subject of ['a\u00a0b', 'a.\f', 'a.\0', 'a\u2028']) {
    expect(subjectTokens(subject)).toEqual(subject.split('.'));
  }
});
