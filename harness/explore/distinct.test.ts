import { expect, test } from 'vitest';
import { createDistinctCounter } from './distinct.ts';

test('distinct - counts different fingerprints, and shards merge exactly', () => {
  const fingerprint = (n: number): number => Math.imul(n, 2654435761) >>> 0;
  const [one, other, both] = [createDistinctCounter(), createDistinctCounter(), createDistinctCounter()];
  for (let n = 0; n < 2_000; n += 1) {
    (n % 2 === 0 ? one : other).add(fingerprint(n));
    both.add(fingerprint(n));
    both.add(fingerprint(n));
  }
  one.merge(other.state);
  expect(one.state).toEqual(both.state);
  expect(Math.abs(both.count() - 2_000)).toBeLessThan(20);
});
