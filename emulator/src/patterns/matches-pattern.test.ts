import { expect, test } from 'vitest';
import { matchesPattern } from './index.ts';

const cases: readonly (readonly [string, object, unknown, boolean])[] = [
  ['numbers by value', { n: [300] }, { n: 300.5 }, false],
  ['a string is no number', { n: [{ numeric: ['>', 1] }] }, { n: '300' }, false],
  ['null is not absent', { n: [null] }, { m: 1 }, false],
  ['null is null', { n: [null] }, { n: null }, true],
  ['an empty array has no value', { r: [{ exists: true }] }, { r: [] }, false],
  ['an empty array counts as absent', { r: [{ exists: false }] }, { r: [] }, true],
  ['exists asks leaves only', { a: [{ exists: true }] }, { a: { b: 1 } }, false],
  ['absent also where there is an object', { a: [{ exists: false }] }, { a: { b: 1 } }, true],
  ['anything-but needs a value', { a: [{ 'anything-but': 'x' }] }, {}, false],
  ['anything-but takes null', { a: [{ 'anything-but': 'x' }] }, { a: null }, true],
  ['anything-but of a prefix takes a number', { a: [{ 'anything-but': { prefix: '1' } }] }, { a: 123 }, true],
  ['anything-but: one value of an array is enough', { a: [{ 'anything-but': 'x' }] }, { a: ['x', 'y'] }, true],
  ['prefix of nothing', { a: [{ prefix: '' }] }, { a: 'x' }, true],
  ['prefix wants a string', { a: [{ prefix: '1' }] }, { a: 12 }, false],
  ['wildcard of nothing', { a: [{ wildcard: '' }] }, { a: 'x' }, false],
  ['wildcard with an escaped star', { a: [{ wildcard: 'a\\*b' }] }, { a: 'a*b' }, true],
  ['an escaped star is no wildcard', { a: [{ wildcard: 'a\\*b' }] }, { a: 'axb' }, false],
  ['dots join steps in a pattern', { 'a.b': ['x'] }, { a: { b: 'x' } }, true],
  ['dots join steps in an event', { a: { b: ['x'] } }, { 'a.b': 'x' }, true],
  ['names are case-sensitive', { A: ['x'] }, { a: 'x' }, false],
  ['no folding without being asked', { a: ['É'] }, { a: 'é' }, false],
  ['IPv4 in its network', { a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.0.255' }, true],
  ['IPv4 outside', { a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.1.0' }, false],
  ['IPv6 in its network', { a: [{ cidr: '2001:db8::/32' }] }, { a: '2001:db8::ff' }, true],
  ['the other family', { a: [{ cidr: '0.0.0.0/0' }] }, { a: '::1' }, false],
  ['no address at all', { a: [{ cidr: '0.0.0.0/0' }] }, { a: 'x' }, false],
  ['an exact address however written', { a: ['::1'] }, { a: '0:0:0:0:0:0:0:1' }, true],
  [
    'all of one element',
    { a: { x: [1], y: [2] } },
    {
      a: [
        { x: 1, y: 3 },
        { x: 2, y: 2 },
      ],
    },
    false,
  ],
  [
    'one element has all',
    { a: { x: [1], y: [2] } },
    {
      a: [
        { x: 2, y: 2 },
        { x: 1, y: 2 },
      ],
    },
    true,
  ],
  [
    'absent from the element settled',
    { a: { x: [1], y: [{ exists: false }] } },
    { a: [{ x: 1 }, { x: 2, y: 2 }] },
    true,
  ],
  ['$or', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'y' }, true],
  ['$or, neither', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'x' }, false],
  ['$or below a field', { a: { $or: [{ x: [1] }, { y: [1] }] }, b: [1] }, { a: { y: 1 }, b: 1 }, true],
  ['$or that is none is a field', { $or: [{ prefix: 'x' }] }, { $or: 'xy' }, true],
];
test.each(cases)('matches - %s', (_, each, of, expected) => {
  expect(matchesPattern(each, of as object)).toBe(expected);
});

const texts: readonly (readonly [string, string, string, boolean])[] = [
  ['numbers that a double cannot tell apart', '{"n":[9007199254740993]}', '{"n":9007199254740992}', false],
  ['such a number by its text', '{"n":[9007199254740993]}', '{"n":9007199254740993}', true],
  ['a number written otherwise', '{"n":[300]}', '{"n":3.0e2}', true],
  ['out of range is not greater', '{"n":[{"numeric":[">",1]}]}', '{"n":1e400}', false],
  ['minus zero', '{"n":[0]}', '{"n":-0.0}', true],
  ['escapes in names and values', '{"a\\"b":["x\\ny"]}', '{"a\\u0022b":"x\\u000ay"}', true],
  ['of two members with one name the last counts', '{"a":["x"],"a":["y"]}', '{"a":"x"}', false],
  ['an event with two values for a name', '{"a":["x"]}', '{"a":"x","a":"y"}', true],
  ['white space', ' { "a" : [ "x" , 1 ] } ', ' {\n"b" : [ ] , "a" :\t1 } ', true],
];
test.each(texts)('matches texts - %s', (_, each, of, expected) => {
  expect(matchesPattern(each, of)).toBe(expected);
});

test.each(['', '[]', '"a"', '{"a":1', '{"a" 1}', '{"a":1} x', '{"a":[1 2]}', '{a:1}'])(
  'refuses the event %s',
  (text) => {
    expect(() => matchesPattern({ a: [1] }, text)).toThrow(SyntaxError);
  },
);
