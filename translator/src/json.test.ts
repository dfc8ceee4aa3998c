import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { asciiJson } from './json.ts';

test('asciiJson - ASCII alone, and the same value again', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      const json = asciiJson({ text });
      expect(json).toMatch(/^\p{ASCII}*$/u);
      expect(JSON.parse(json)).toEqual({ text });
    }),
    { seed: 1 },
  );
  expect(asciiJson('é€😀')).toBe(String.raw`"\u00e9\u20ac\ud83d\ude00"`);
});
