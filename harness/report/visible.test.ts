import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeMarkup, shorten, visible } from './visible.ts';

test.each([
  ['a\u0000b', 'a␀b'],
  ['\u001b[31m', '␛[31m'],
  ['a\r\nb', 'a␍␊b'],
  ['\u007f', '␡'],
  ['\u0085', '‹U+0085›'],
  ['abc\u202edef', 'abc‹U+202E›def'],
  ['\u2066x\u2069', '‹U+2066›x‹U+2069›'],
  ['a\u200bb', 'a‹U+200B›b'],
  ['\ufeffa', '‹U+FEFF›a'],
  ['\u2028', '‹U+2028›'],
  ['\ud800x', '\ufffdx'],
  ['\uffff', '‹U+FFFF›'],
  ['שלום', 'שלום'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('markup and quotes become entities', () => {
  expect(escapeMarkup(`</script><b a="1" c='2'>&`)).toBe('&lt;/script&gt;&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;');
});

test('whatever the text, what is left is legal in XML and has no markup', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = escapeMarkup(text);
      expect(shown).not.toMatch(/[<>"'\p{Cc}\ufffe\uffff]/u);
      expect(shown.isWellFormed()).toBe(true);
    }),
  );
});

test('shortening cuts no character in two', () => {
  expect(shorten('𝒳𝒴𝒵', 2)).toBe('𝒳…');
  expect(shorten('abc', 3)).toBe('abc');
});
