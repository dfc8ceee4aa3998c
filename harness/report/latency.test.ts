import { expect, test } from 'vitest';
import { historyBuilder } from './history-builder.ts';
import { latencies, summariseLatency } from './latency.ts';

const samples = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

test('no sample, no summary', () => {
  expect(summariseLatency([])).toBeUndefined();
});

test.each([
  [19, []],
  [20, ['p50Ms']],
  [99, ['p50Ms']],
  [100, ['p50Ms', 'p90Ms']],
  [999, ['p50Ms', 'p90Ms']],
  [1_000, ['p50Ms', 'p90Ms', 'p99Ms']],
])('%i samples give %j: a percentile needs ten samples above it', (count, percentiles) => {
  const summary = summariseLatency(samples(count)) ?? {};
  expect(Object.keys(summary).filter((key) => key.startsWith('p'))).toEqual(percentiles);
});

test('zeros count, and figures keep three digits', () => {
  const summary = summariseLatency([...Array.from({ length: 30 }, () => 0), ...samples(10)]);
  expect(summary).toMatchObject({ samples: 40, minMs: 0, p50Ms: 0, maxMs: 10 });
  const large = summariseLatency(samples(1_000));
  expect(large?.p90Ms).toBeGreaterThanOrEqual(899);
  expect(large?.p90Ms).toBeLessThan(901);
});

test('a history gives first deliveries and calls, not the act’s scaffolding', () => {
  const run = historyBuilder();
  run.subscribe('s', 'a');
  run.flush('s');
  run.publish('p/0', 'a');
  run.deliver('s', 'p/0', 'a');
  run.deliver('s', 'p/0', 'a');
  run.call('p', { name: 'kv.get', input: { bucket: 'b', key: 'k' } });
  expect(latencies(run.history())).toEqual({
    'publish → deliver': { samples: 1, minMs: 2, maxMs: 2 },
    'kv.get': { samples: 1, minMs: 1, maxMs: 1 },
  });
});
