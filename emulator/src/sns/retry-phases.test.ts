import { expect, test } from 'vitest';
import { defaultRetryPolicy } from './delivery-policy.ts';
import { httpDelays, managedEndpointDelays } from './retry-phases.ts';

test('an AWS endpoint is tried again 100,015 times over 23 days', () => {
  const delays = [...managedEndpointDelays()];
  expect(delays).toHaveLength(100_015);
  expect(delays.slice(0, 6)).toEqual([0, 0, 0, 1000, 1000, 1000]);
  expect(delays[14]).toBeCloseTo(20_000);
  const days = delays.reduce((sum, delay) => sum + delay, 0) / 86_400_000;
  expect(Math.floor(days)).toBe(23);
});

test('an HTTP endpoint is tried by its policy, for an hour at most', () => {
  expect([...httpDelays(defaultRetryPolicy)]).toEqual([20_000, 20_000, 20_000]);
  const phases = { ...defaultRetryPolicy, minDelayTarget: 1, maxDelayTarget: 5, numRetries: 6, numNoDelayRetries: 1 };
  expect([...httpDelays({ ...phases, numMinDelayRetries: 1, numMaxDelayRetries: 1 })]).toEqual([
    0, 1000, 1000, 3000, 5000, 5000,
  ]);
  expect([...httpDelays({ ...defaultRetryPolicy, minDelayTarget: 1800, maxDelayTarget: 1800 })]).toHaveLength(2);
});
