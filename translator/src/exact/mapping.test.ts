import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { UnmappableError } from '../errors.ts';
import type { EventEntry, EventPattern } from '../mapping.ts';
import { subjectMatches } from '../subject.ts';
import { filterPolicy, subjectAttributes } from './filter.ts';
import { exactMapping } from './mapping.ts';

const token = fc.oneof(
  fc.constantFrom('a', 'b', 'A', 'a*', '>b', 'é', 'e\u0301', '%0041', '_', '-'),
  fc.string({ minLength: 1, maxLength: 6, unit: 'binary' }).filter((text) => !/[\s\0.]/u.test(text) && text !== '>'),
);
const subject = fc.array(token, { minLength: 1, maxLength: 14 }).map((tokens) => tokens.join('.'));

/** Subjects with filters that are likely to ask for them. */
const pair = fc
  .tuple(
    fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 }),
    fc.array(fc.constantFrom('a', 'b', '*', '*'), { minLength: 1, maxLength: 12 }),
    fc.boolean(),
  )
  .map(([tokens, wanted, open]) => ({
    subject: tokens.join('.'),
    pattern: [
      ...wanted.map((token, index) => (token === 'a' ? (tokens[index] ?? token) : token)),
      ...(open ? ['>'] : []),
    ].join('.'),
  }));

test('exact mapping - decode is the inverse of encode', () => {
  fc.assert(
    fc.property(subject, (s) => {
      expect(exactMapping.decode(exactMapping.encode(s))).toBe(s);
    }),
  );
});

test('exact mapping - distinct subjects have distinct entries', () => {
  fc.assert(
    fc.property(subject, subject, (a, b) => {
      fc.pre(a !== b);
      expect(exactMapping.encode(a)).not.toEqual(exactMapping.encode(b));
    }),
  );
});

test('exact mapping - a rule matches exactly what its filter asks for', () => {
  fc.assert(
    fc.property(pair, ({ subject: s, pattern }) => {
      expect(eventMatches(exactMapping.rule(pattern), exactMapping.encode(s))).toBe(subjectMatches(pattern, s));
    }),
    { numRuns: 2_000 },
  );
});

test('exact mapping - a filter policy lets through at least what its filter asks for, and has at most five keys', () => {
  fc.assert(
    fc.property(pair, ({ subject: s, pattern }) => {
      const policy = filterPolicy(pattern);
      expect(Object.keys(policy ?? {}).length).toBeLessThanOrEqual(5);
      if (subjectMatches(pattern, s)) expect(policyMatches(policy, s)).toBe(true);
      const literals = pattern.split('.').filter((part) => part !== '*' && part !== '>').length;
      if (literals <= 4 && pattern.split('.').length <= 9) {
        expect(policyMatches(policy, s)).toBe(subjectMatches(pattern, s));
      }
    }),
    { numRuns: 2_000 },
  );
});

test('exact mapping - attributes tell apart tokens that differ, in characters that SNS takes', () => {
  fc.assert(
    fc.property(token, token, (a, b) => {
      const [encodedA = '', encodedB = ''] = [subjectAttributes(a).tokens['t0'], subjectAttributes(b).tokens['t0']];
      expect(encodedA === encodedB).toBe(a === b);
      expect(encodedA).toMatch(/^[\w%-]+$/);
    }),
  );
});

test('exact mapping - a message has at most ten attributes', () => {
  const { tokens } = subjectAttributes(Array.from({ length: 20 }, () => 'a').join('.'));
  expect(Object.keys(tokens)).toHaveLength(9);
});

test('exact mapping - a rule that is too long names its longest token', () => {
  const long = 'x'.repeat(2_000);
  expect(() => exactMapping.rule(`a.${long}`)).toThrow(UnmappableError);
  expect(() => exactMapping.rule(`a.${long}`)).toThrow(/2048 are allowed/);
});

function eventMatches(rule: EventPattern, { detail }: EventEntry): boolean {
  return Object.entries(rule['detail'] ?? {}).every(([name, tests]) => asks(tests, detail[name]));
}

function policyMatches(policy: Readonly<Record<string, unknown>> | undefined, s: string): boolean {
  const { count, tokens } = subjectAttributes(s);
  return Object.entries(policy ?? {}).every(([name, tests]) => asks(tests, name === 'n' ? count : tokens[name]));
}

/** The two operators in use: equality and `numeric` with one bound. */
function asks(tests: unknown, value: unknown): boolean {
  const [test] = tests as readonly [string | { numeric: readonly [string, number] }];
  if (typeof test === 'string') return test === value;
  const [operator, bound] = test.numeric;
  return typeof value === 'number' && (operator === '=' ? value === bound : value >= bound);
}
