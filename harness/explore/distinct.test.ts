import { expect, test } from 'vitest';
import { createDistinctCounter } from './distinct.ts';

test('distinct - counts different digests, and shards merge exactly', () => {
  const digest = (n: number): string => (n * 2654435761).toString(16).padStart(64, '0').slice(-8).padEnd(64, '0');
  const [one, other, both] = [createDistinctCounter(), createDistinctCounter(), createDistinctCounter()];
  for (let n = 0; n < 2_000; n += 1) {
    (n % 2 === 0 ? one : other).add(digest(n));
    both.add(digest(n));
    both.add(digest(n));
  }
  one.merge(other.state);
  expect(one.state).toEqual(both.state);
  expect(Math.abs(both.count() - 2_000)).toBeLessThan(20);
});
