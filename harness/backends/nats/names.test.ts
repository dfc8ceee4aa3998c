import { expect, test } from 'vitest';
import { brand } from '#core';
import type { Subject } from '#core';
import { plainNames, prefixedNames } from './names.ts';

const names = prefixedNames('parallax-1');

test.each([
  ['a.b', 'parallax-1.a.b'],
  ['>', 'parallax-1.>'],
  ['$KV.bucket.key', '$KV.parallax-1_bucket.key'],
  ['$JS.x', 'parallax-1.$JS.x'],
])('prefixedNames - %s is %s on the server, and back', (subject, onServer) => {
  expect(names.toServer(brand<Subject>(subject))).toBe(onServer);
  expect(names.fromServer(onServer)).toBe(subject);
});

test('prefixedNames - what is not of the run stays as it is, and only its streams are its own', () => {
  expect(names.fromServer('_INBOX.x')).toBe('_INBOX.x');
  expect(names.bucket('b')).toBe('parallax-1_b');
  expect(['KV_parallax-1_b', 'KV_parallax-12_b', 'KV_b', 'orders'].map(names.owns)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('plainNames - an account of its own needs no prefix', () => {
  expect(plainNames.toServer(brand<Subject>('$KV.b.k'))).toBe('$KV.b.k');
  expect([plainNames.fromServer('a'), plainNames.bucket('b'), plainNames.owns('any')]).toEqual(['a', 'b', true]);
});
