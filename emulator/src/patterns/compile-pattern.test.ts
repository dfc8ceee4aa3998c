import { describe, expect, test } from 'vitest';
import { InvalidPatternError, validatePattern } from './index.ts';
import { parseWildcard } from './wildcard.ts';
import { wildcardComplexity } from './wildcard-complexity.ts';

const opening = 'Event pattern is not valid. Reason: ';

function problemOf(pattern: string): string {
  try {
    validatePattern(pattern);
  } catch (error) {
    if (error instanceof InvalidPatternError) return error.message;
    throw error;
  }
  return 'valid';
}

function at(pattern: string, column: number): string {
  return `\n at [Source: (String)"${pattern}"; line: 1, column: ${column}]`;
}

/** Words and places as AWS was recorded to say them for patterns of the same form, else as event-ruler 2.1 does. */
const placed: readonly (readonly [string, string, number])[] = [
  ['["a"]', 'Filter is not an object', 2],
  ['', 'Filter is not an object', 1],
  ['{}', 'Empty objects are not allowed', 3],
  ['{"a": {}}', 'Empty objects are not allowed', 9],
  ['{"a": []}', 'Empty arrays are not allowed', 9],
  ['{"a": 42}', '"a" must be an object or an array', 9],
  ['{"a": "x"}', '"a" must be an object or an array', 8],
  ['{"a": [["x"]]}', 'Match value must be String, number, true, false, or null', 9],
  ['{"a": [{}]}', 'Match expression name not found', 10],
  ['{"a": [{"PREFIX": "x"}]}', 'Unrecognized match type PREFIX', 20],
  ['{"a": [{"prefix": 1}]}', 'prefix match pattern must be a string', 20],
  ['{"a": [{"suffix": ["x"]}]}', 'suffix match pattern must be a string', 20],
  ['{"a": [{"prefix": {"suffix": "x"}}]}', 'Unsupported prefix pattern: suffix', 31],
  ['{"a": [{"suffix": {"prefix": "x"}}]}', 'Unsupported suffix pattern: prefix', 31],
  ['{"a": [{"prefix": {"equals-ignore-case": 1}}]}', 'equals-ignore-case match pattern must be a string', 43],
  ['{"a": [{"equals-ignore-case": ["x"]}]}', 'equals-ignore-case match pattern must be a string', 32],
  ['{"a": [{"wildcard": 1}]}', 'wildcard match pattern must be a string', 22],
  ['{"a": [{"wildcard": "a**b"}]}', 'Consecutive wildcard characters at pos 2', 27],
  ['{"a": [{"wildcard": "a\\\\b"}]}', 'Invalid escape character at pos 2', 27],
  ['{"a": [{"prefix": "x", "suffix": "y"}]}', 'Only one key allowed in match expression', 35],
  ['{"a": [{"exists": 1}]}', 'exists match pattern must be either true or false.', 20],
  ['{"a": [{"numeric": 1}]}', 'Value of numeric must be an array.', 21],
  ['{"a": [{"numeric": [1]}]}', 'Invalid member in numeric match: 1', 22],
  ['{"a": [{"numeric": ["=="]}]}', 'Unrecognized numeric range operator: ==', 26],
  ['{"a": [{"numeric": ["=", "1"]}]}', 'Value of equals must be numeric', 27],
  ['{"a": [{"numeric": [">", 0, "<"]}]}', 'Value of < must be numeric', 33],
  ['{"a": [{"numeric": [">", 0, ">", 0]}]}', 'Bad numeric range operator: >', 32],
  ['{"a": [{"numeric": [">", 0, 1]}]}', 'Bad value in numeric range: 1', 30],
  ['{"a": [{"numeric": ["<", 0, ">", 1]}]}', 'Too many elements in numeric expression', 30],
  ['{"a": [{"numeric": [">", 0, "<", 1, 2]}]}', 'Too many terms in numeric range expression', 38],
  ['{"a": [{"numeric": [">", 1, "<", 1]}]}', 'Bottom must be less than top', 36],
  ['{"a": [{"numeric": [">", 1e400]}]}', 'Cannot compare number : 1e400', 32],
  ['{"a": [{"anything-but": null}]}', 'Value of anything-but must be an array or single string/number value.', 29],
  ['{"a": [{"anything-but": {"cidr": "x"}}]}', 'Unsupported anything-but pattern: cidr', 35],
  [
    '{"a": [{"anything-but": []}]}',
    'Inside anything but list, either all values are number or string, mixed type is not supported',
    27,
  ],
  [
    '{"a": [{"anything-but": ["x", 1]}]}',
    'Inside anything but list, either all values are number or string, mixed type is not supported',
    33,
  ],
  ['{"a": [{"anything-but": {"prefix": 1}}]}', 'prefix/suffix match pattern must be a string', 37],
  ['{"a": [{"anything-but": {"suffix": ""}}]}', 'Null prefix/suffix not allowed', 38],
  ['{"a": [{"anything-but": {"wildcard": 1}}]}', 'wildcard match pattern must be a string', 39],
  ['{"a": [{"cidr": ["x"]}]}', 'prefix match pattern must be a string', 18],
  ['{"$or": [{"a": ["x"]}]}', 'There must have at least 2 Objects in $or relationship.', 23],
  ['{"$or": [{"a": ["x"]}, 1]}', 'Only JSON object is allowed in array of $or relationship.', 25],
  ['{"$or": {"a": 1}}', 'It must be an Array followed with $or.', 10],
  ['{"a": "x}', '"a" must be an object or an array', 8],
  ["{'a': []}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name", 2],
];

describe('validation errors with a place', () => {
  test.each(placed)('%s', (pattern, reason, column) => {
    expect(problemOf(pattern)).toBe(`${opening}${reason}${at(pattern, column)}`);
  });
});

/** A list's own problems come with their place twice. */
const doubled: readonly (readonly [string, string, number])[] = [
  ['{"a": [{"anything-but": ["x", null]}]}', 'Inside anything but list, start|null|boolean is not supported.', 35],
  [
    '{"a": [{"anything-but": {"equals-ignore-case": [1]}}]}',
    'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
    50,
  ],
  ['{"a": [{"anything-but": {"prefix": [1]}}]}', 'prefix/suffix match pattern must be a string', 38],
];
describe('validation errors in lists', () => {
  test.each(doubled)('%s', (pattern, reason, column) => {
    expect(problemOf(pattern)).toBe(`${opening}${reason}${at(pattern, column)}${at(pattern, column)}`);
  });
});

const placeless: readonly (readonly [string, string])[] = [
  ['x', "Malformed CIDR, one '/' required"],
  ['10.0.0.0/', "Malformed CIDR, one '/' required"],
  ['10.0.0.0/x', 'Malformed CIDR, mask bits must be an integer'],
  ['10.0.0.0/-1', 'Malformed CIDR, mask bits must not be negative'],
  ['10.0.0.0/32', 'IPv4 mask bits must be < 32'],
  ['::1/128', 'IPv6 mask bits must be < 128'],
  ['x.y/8', 'Nonstandard IP address: x.y'],
  ['300.0.0.1/8', 'Invalid IP address: 300.0.0.1'],
];
describe('validation errors without a place', () => {
  test.each(placeless)('cidr %s', (cidr, reason) => {
    expect(problemOf(JSON.stringify({ a: [{ cidr }] }))).toBe(opening + reason);
  });

  test('a wildcard with too many places to be in', () => {
    expect(problemOf('{"a": [{"wildcard": "*-*-*-*-*-*"}]}')).toBe(
      `${opening}Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character`,
    );
    expect(problemOf('{"a": [{"wildcard": "*-*-*-*-*"}]}')).toBe('valid');
  });

  test('an $or product above a thousand', () => {
    const alternatives = (name: string, count: number): object[] =>
      Array.from({ length: count }, (_, index) => ({ [`${name}${index}`]: ['x'] }));
    const product = (...counts: number[]): string =>
      JSON.stringify(
        Object.fromEntries(counts.map((count, index) => [`f${index}`, { $or: alternatives('m', count) }])),
      );
    expect(validatePattern(product(10, 10, 10)).combinations).toBe(1000);
    expect(problemOf(product(11, 10, 10))).toContain('1000 rule combinations');
  });
});

test('a pattern that is too deep', () => {
  const deep = (levels: number): string => `${'{"a":'.repeat(levels)}["x"]${'}'.repeat(levels)}`;
  expect(problemOf(deep(999))).toBe('valid');
  expect(problemOf(deep(1000))).toContain('Document nesting depth (1001) exceeds the maximum allowed (1000');
  expect(problemOf(deep(1_000_000))).toContain('Document nesting depth');
});

test('a long pattern is repeated in part', () => {
  const pattern = `{"a": ["${'x'.repeat(600)}", []]}`;
  expect(problemOf(pattern)).toContain(`"${pattern.slice(0, 500)}"[truncated ${pattern.length - 500} chars]`);
});

test.each([
  ['*:*:*:*:*:event-bus/*', 11],
  ['arn:aws:events:us-east-1:*:event-bus/*', 3],
  ['/Users/*/dir/dir/dir/dir/dir/doc.txt', 7],
  ['*a*a*', 5],
  ['*abab*', 4],
  ['*a*aaaa', 7],
])('the complexity of %s is %i, as event-ruler measures it', (text, expected) => {
  const wildcard = parseWildcard(text);
  if ('problem' in wildcard) throw new Error(wildcard.problem);
  const measure = (max: number): number => wildcardComplexity([{ kind: 'wildcard', value: wildcard }], max);
  expect(measure(expected - 1)).toBe(expected);
  expect(measure(expected)).toBeLessThanOrEqual(expected);
});

test('what a quota counts', () => {
  expect(validatePattern({ a: [{ wildcard: 'x*' }] })).toEqual({ wildcard: true, combinations: 1 });
  expect(validatePattern({ a: [{ 'anything-but': { wildcard: 'x*' } }] }).wildcard).toBe(true);
  expect(validatePattern({ a: ['x*'] }).wildcard).toBe(false);
});
