import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addNumbers, compareNumbers, normalizeNumber, numberSortKey } from './decimal.ts';

const number = fc
  .tuple(fc.constantFrom('', '-'), fc.bigInt(0n, 10n ** 19n), fc.integer({ min: -60, max: 60 }))
  .map(([sign, digits, exponent]) => `${sign}${digits}E${exponent}`);

test('normalizeNumber - writes numbers as DynamoDB gives them back', () => {
  expect(['00042', '1.0', '3.1400', '1.5E2', '-0', '1E-3', '.5', '5.', '+7', '-12.50e1'].map(normalizeNumber)).toEqual([
    '42',
    '1',
    '3.14',
    '150',
    '0',
    '0.001',
    '0.5',
    '5',
    '7',
    '-125',
  ]);
});

test('normalizeNumber - refuses what is out of range', () => {
  expect(() => normalizeNumber('1E126')).toThrow('Number overflow');
  expect(() => normalizeNumber('-1E126')).toThrow('Number overflow');
  expect(() => normalizeNumber('1E-131')).toThrow('Number underflow');
  expect(() => normalizeNumber('123456789012345678901234567890123456789')).toThrow('38 significant digits');
  expect(() => normalizeNumber('abc')).toThrow('cannot be converted to a numeric value: abc');
  expect(() => normalizeNumber('')).toThrow('cannot be converted to a numeric value');
  expect(normalizeNumber('9.9999999999999999999999999999999999999E125')).toBe('9'.repeat(38) + '0'.repeat(88));
});

test('numberSortKey - sorts as the numbers do', () => {
  fc.assert(
    fc.property(number, number, (a, b) => {
      const [x, y] = [normalizeNumber(a), normalizeNumber(b)];
      const order = numberSortKey(x) < numberSortKey(y) ? -1 : numberSortKey(x) > numberSortKey(y) ? 1 : 0;
      expect(order).toBe(Math.sign(compareNumbers(x, y)));
    }),
  );
});

test('addNumbers - is exact, commutative and undone by subtraction', () => {
  expect(addNumbers('0.1', '0.2')).toBe('0.3');
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 18n), 10n ** 18n), fc.bigInt(-(10n ** 18n), 10n ** 18n), (a, b) => {
      expect(addNumbers(String(a), String(b))).toBe(String(a + b));
      expect(addNumbers(String(b), String(a))).toBe(String(a + b));
    }),
  );
});
