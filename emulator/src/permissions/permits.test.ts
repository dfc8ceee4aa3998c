import { expect, test } from 'vitest';
import { permissions } from './index.ts';
import { parsePermits, ratesOf } from './permits.ts';

test('permits - ids have the rates of their own, or those that are given', () => {
  expect(parsePermits('ADV-SQS-01, ADV-SQS-03=0.2')).toEqual({ 'ADV-SQS-01': 0.05, 'ADV-SQS-03': 0.2 });
  expect(parsePermits('')).toEqual({});
  const all = parsePermits('all,ADV-EB-04=0');
  expect(Object.keys(all)).toEqual(Object.keys(permissions));
  expect(all['ADV-EB-04']).toBe(0);
});

test.each(['ADV-SQS-01=', 'ADV-SQS-01=x', 'ADV-SQS-01=-1', 'ADV-SQS-01=1.1', 'nothing', '__proto__=1'])(
  "permits - '%s' is refused",
  (text) => {
    expect(() => parsePermits(text)).toThrow(RangeError);
  },
);

test('permits - a rate of 0 is no permission', () => {
  expect([...ratesOf({ 'ADV-SQS-01': 0, 'ADV-SQS-03': 1 })]).toEqual([['ADV-SQS-03', 1]]);
  expect([...ratesOf(['ADV-SQS-01'])]).toEqual([['ADV-SQS-01', 0.05]]);
  expect(ratesOf('all').size).toBe(Object.keys(permissions).length);
  expect(() => ratesOf({ 'ADV-SQS-01': 2 })).toThrow("rate '2' of 'ADV-SQS-01' is not in [0, 1]");
});
