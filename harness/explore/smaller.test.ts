import { expect, test } from 'vitest';
import { earlier, smaller } from './smaller.ts';

test('smaller - one whole number at a time in steps that become shorter, never below 1; texts and times stay', () => {
  expect(smaller({ members: 9, name: 'a', deep: { n: 2 } })).toEqual([
    { members: 1, name: 'a', deep: { n: 2 } },
    { members: 5, name: 'a', deep: { n: 2 } },
    { members: 7, name: 'a', deep: { n: 2 } },
    { members: 8, name: 'a', deep: { n: 2 } },
    { members: 9, name: 'a', deep: { n: 1 } },
  ]);
  expect(smaller({ n: 1, half: 1.5, isOn: true, timeoutMs: 2_000 })).toEqual([]);
});

test('smaller - a list loses an item, or an item gets smaller; one item stays', () => {
  expect(smaller({ sizes: [1, 2] })).toEqual([{ sizes: [2] }, { sizes: [1] }, { sizes: [1, 1] }]);
  expect(smaller([1])).toEqual([]);
});

test('earlier - an ordinal of the key or the option at a time; numbers inside names stay', () => {
  const key = 'dynamodb.PutItem/run7x["key-3"]#2';
  expect(earlier({ point: 'P', key, option: 3 })).toEqual([
    { point: 'P', key: 'dynamodb.PutItem/run7x["key-3"]#0', option: 3 },
    { point: 'P', key: 'dynamodb.PutItem/run7x["key-3"]#1', option: 3 },
    { point: 'P', key, option: 1 },
    { point: 'P', key, option: 2 },
  ]);
  expect(earlier({ point: 'P', key: 'default#1.1', option: 1 }).map((choice) => choice.key)).toEqual([
    'default#0.1',
    'default#1.0',
  ]);
  expect(earlier({ point: 'P', key: 'queue/0#0', option: 1 })).toEqual([]);
});
