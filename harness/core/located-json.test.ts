import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonError, parseLocatedJson } from './located-json.ts';
import type { Located } from './located-json.ts';

function plain(value: Located): unknown {
  if (value.kind === 'array') return value.items.map(plain);
  if (value.kind === 'object') return Object.fromEntries([...value.members].map(([name, item]) => [name, plain(item)]));
  return value.value;
}

test('parses what JSON.parse parses', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 1, 2), (text, indent) => {
      const value: unknown = JSON.parse(text);
      const spaced = JSON.stringify(value, undefined, indent);
      expect(plain(parseLocatedJson(spaced))).toEqual(value);
    }),
  );
});

test('refuses what JSON.parse refuses', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '[', ':', '1', '\n', 'x'), (text, at, put) => {
      const position = at % (text.length + 1);
      const broken = text.slice(0, position) + put + text.slice(position + 1);
      let expected: unknown;
      try {
        expected = JSON.parse(broken);
      } catch {
        expect(() => parseLocatedJson(broken)).toThrow(JsonError);
        return;
      }
      try {
        expect(plain(parseLocatedJson(broken))).toEqual(expected);
      } catch (error) {
        if (!(error instanceof JsonError)) throw error;
        expect(error.message).toContain('stands twice');
      }
    }),
  );
});

test.each([
  ['{\n  "a": 1,\n  "a": 2\n}', "'a' stands twice", 3],
  ['{\n  "a": 1\n  "b": 2\n}', "'\"b\"' where ',' or '}' was expected", 3],
  ['{"a":\n\n}', "'}' where a value was expected", 3],
  ['[1,\n2', "the text ends where ',' or ']' was expected", 2],
  ['[1]\n]', "']' after the end of the value", 2],
  ['{a: 1}', "'a: 1}' is not JSON", 1],
  ['{\n1: 1}', "'1' where a name in quotes was expected", 2],
  ['\n', 'the text ends where a value was expected', 2],
])('names line and fault of %j', (text, message, line) => {
  expect(() => parseLocatedJson(text)).toThrow(expect.objectContaining({ message, line }));
});

test('keeps the line of every value', () => {
  const value = parseLocatedJson('{\n  "a": [\n    1\n  ]\n}');
  expect(value).toMatchObject({ line: 1 });
  if (value.kind !== 'object') throw new Error('not an object');
  expect(value.members.get('a')).toMatchObject({ line: 2, items: [{ line: 3 }] });
});
