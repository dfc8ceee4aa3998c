import { expect, test } from 'vitest';
import type { AwsError } from '../errors.ts';
import { compileFilterPolicy, matchesAttributes, matchesBody } from './filter-policy.ts';
import { refuseAlone, refuseInMap } from './invalid-parameter.ts';
import type { FilterScope } from './state.ts';

const source = (policy: string, column: number) => `\n at [Source: (String)"${policy}"; line: 1, column: ${column}]`;

/** Recorded against AWS: policy, words, and the column they name, if they do. */
const refused: readonly (readonly [unknown, string, number?])[] = [
  [{ key: [['value']] }, 'Match value must be String, number, true, false, or null', 10],
  [{ key: [{ 'wrong-operator': true }] }, 'Unrecognized match type wrong-operator', 31],
  [{ key: [{ suffix: 'value', prefix: 'value2' }] }, 'Only one key allowed in match expression', 37],
  [{ key: [] }, 'Empty arrays are not allowed', 10],
  [{ key: [{ suffix: 100 }] }, 'suffix match pattern must be a string', 22],
  [{ key: [{ suffix: null }] }, 'suffix match pattern must be a string', 23],
  [{ key: { suffix: 'value' } }, '"suffix" must be an object or an array', 19],
  [{ key: [{ suffix: [] }] }, 'suffix match pattern must be a string', 20],
  [{ key: [{ cidr: ['bad-filter'] }] }, 'prefix match pattern must be a string', 18],
  [{ key: [{ cidr: 'bad-filter' }] }, "Malformed CIDR, one '/' required"],
  [{ key: [{ cidr: 'bad-filter/64' }] }, 'Nonstandard IP address: bad-filter'],
  [{ key: [{ cidr: 'bad-/64filter' }] }, 'Malformed CIDR, mask bits must be an integer'],
  [{ key: [{ cidr: 'xxxx:db8:1234:1a00::/64' }] }, 'Nonstandard IP address: xxxx:db8:1234:1a00::'],
  [{ key: [{ numeric: [] }] }, 'Invalid member in numeric match: ]', 22],
  [{ key: [{ numeric: ['operator'] }] }, 'Unrecognized numeric range operator: operator', 32],
  [{ key: [{ numeric: ['=', '000'] }] }, 'Value of equals must be numeric', 26],
  [{ key: [{ numeric: ['<', 100, '>', 10] }] }, 'Too many elements in numeric expression', 30],
  [{ key: [{ numeric: ['>', 3, '<', 1] }] }, 'Bottom must be less than top', 33],
  [{ key: [{ exists: 'no' }] }, 'exists match pattern must be either true or false.', 20],
  [{ key: [{ 'anything-but': { 'wrong-operator': null } }] }, 'Unsupported anything-but pattern: wrong-operator', 47],
  [{ key: [{ 'anything-but': { suffix: 'test' } }] }, 'Unsupported anything-but pattern: suffix', 36],
  [{ key: [{ 'anything-but': { prefix: false } }] }, 'prefix match pattern must be a string', 40],
  [{ key: [{ 'anything-but': { exists: false } }] }, 'Unsupported anything-but pattern: exists', 40],
  [{ key: ['v'].concat(Array.from({ length: 150 }, (_, i) => `value${i}`)) }, 'Filter policy is too complex'],
  [{ a: ['1'], b: ['1'], c: ['1'], d: ['1'], e: ['1'], f: ['1'] }, 'Filter policy can not have more than 5 keys'],
];

test.each(refused)('refuses %j as AWS was recorded to', (policy, words, column) => {
  const text = JSON.stringify(policy);
  const place = column === undefined ? '' : source(text, Number(column));
  expect(() => compileFilterPolicy(text, 'MessageAttributes', refuseInMap)).toThrow(
    expect.objectContaining<Partial<AwsError>>({
      code: 'InvalidParameter',
      message: `Invalid parameter: Attributes Reason: FilterPolicy: ${String(words)}${place}`,
    }),
  );
});

test('strikes out the source of a syntax error', () => {
  expect(() => compileFilterPolicy('{invalidjson}', 'MessageAttributes', refuseAlone)).toThrow(
    'Invalid parameter: FilterPolicy: failed to parse JSON. ' +
      "Unexpected character ('i' (code 105)): was expecting double-quote to start field name\n" +
      ' at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]',
  );
  expect(() => compileFilterPolicy('invalid-json', 'MessageAttributes', refuseAlone)).toThrow(
    "Unrecognized token 'invalid': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n" +
      ' at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 8]',
  );
});

test('takes nested keys for the body only', () => {
  const text = JSON.stringify({ object: { key: [{ prefix: 'auto-' }] } });
  expect(() => compileFilterPolicy(text, 'MessageAttributes', refuseAlone)).toThrow(
    'Invalid parameter: Filter policy scope MessageAttributes does not support nested filter policy',
  );
  expect(compileFilterPolicy(text, 'MessageBody', refuseAlone)).toMatchObject({ scope: 'MessageBody' });
});

test('counts combinations by depth and adds the alternatives of $or', () => {
  const nested = {
    $or: [{ metricName: ['a', 'b', 'c'] }, { namespace: ['a', 'b'] }],
    detail: { scope: ['a', 'b'], $or: [{ source: ['a'] }, { type: ['a', 'b', 'c'] }] },
  };
  expect(() => compileFilterPolicy(JSON.stringify(nested), 'MessageBody', refuseAlone)).toThrow('too complex');
  const smaller = { ...nested, detail: { scope: ['a', 'b'], $or: [{ source: ['a'] }, { type: ['a', 'b'] }] } };
  expect(compileFilterPolicy(JSON.stringify(smaller), 'MessageBody', refuseAlone)).toBeDefined();
});

function policyOf(document: unknown, scope: FilterScope) {
  const policy = compileFilterPolicy(JSON.stringify(document), scope, refuseAlone);
  if (policy === undefined) throw new Error('the policy is empty');
  return policy;
}

test('matches attributes by their types', () => {
  const range = policyOf({ attr1: [{ numeric: ['>', 0, '<=', 100] }] }, 'MessageAttributes');
  expect(matchesAttributes(range, { attr1: { DataType: 'Number', StringValue: '99' } })).toBe(true);
  expect(matchesAttributes(range, { attr1: { DataType: 'Number', StringValue: '111' } })).toBe(false);
  expect(matchesAttributes(range, { attr1: { DataType: 'String', StringValue: '99' } })).toBe(false);
  const store = policyOf({ store: ['value1'] }, 'MessageAttributes');
  expect(matchesAttributes(store, { store: { DataType: 'String.Array', StringValue: '["value1","value2"]' } })).toBe(
    true,
  );
  expect(matchesAttributes(store, { store: { DataType: 'String.Array', StringValue: '["value2","value3"]' } })).toBe(
    false,
  );
  expect(matchesAttributes(store, { store: { DataType: 'Binary', BinaryValue: Buffer.from('value1') } })).toBe(false);
  const absent = policyOf({ store: [{ exists: false }] }, 'MessageAttributes');
  expect(matchesAttributes(absent, {})).toBe(true);
});

test('matches bodies that are JSON objects', () => {
  const policy = policyOf({ Records: { s3: { object: { key: [{ prefix: 'auto-' }] } } } }, 'MessageBody');
  expect(matchesBody(policy, '{"Records":[{"s3":{"object":[[{"key":"auto-insurance.xml"}]]}}]}')).toBe(true);
  expect(matchesBody(policy, '{"Records":[{"s3":{"object":{"key":"home.xml"}}}]}')).toBe(false);
  expect(matchesBody(policy, 'no json')).toBe(false);
  expect(matchesBody(policy, '[]')).toBe(false);
});

test('takes the empty policy for none', () => {
  expect(compileFilterPolicy('{}', 'MessageBody', refuseAlone)).toBeUndefined();
});

test('refuses what is nested too deep, and reads hostile names and bodies', () => {
  const deep = (depth: number) => `${'{"a":'.repeat(depth)}["x"]${'}'.repeat(depth)}`;
  expect(() => compileFilterPolicy(deep(40_000), 'MessageBody', refuseAlone)).toThrow(
    'Invalid parameter: FilterPolicy: failed to parse JSON. Document nesting depth (1001) exceeds the maximum allowed',
  );
  const policy = policyOf({ ['__proto__']: ['x'], a: ['x'] }, 'MessageAttributes');
  const x = { DataType: 'String', StringValue: 'x' };
  expect(
    matchesAttributes(
      policy,
      Object.fromEntries([
        ['__proto__', x],
        ['a', x],
      ]),
    ),
  ).toBe(true);
  expect(matchesAttributes(policy, { a: x })).toBe(false);
  const body = policyOf({ a: ['x'] }, 'MessageBody');
  expect(matchesBody(body, deep(100_000))).toBe(false);
});
