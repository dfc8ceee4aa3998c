import { expect, test } from 'vitest';
import type { Fix } from 'parallax-translator';
import type { Outcome } from '#core';
import { mendingPage } from './mending-page.ts';
import type { Variant } from './mending-page.ts';

const variant = (outcome: Outcome, requests: number): Variant => ({
  outcomes: new Map([['KV-005', outcome]]),
  requests: new Map([['kv/create-once', requests]]),
});

test('mending page - what a switch closes, and what it costs in requests and latency', () => {
  const page = mendingPage({
    scenarios: [],
    none: variant('gap', 90),
    mended: variant('same', 110),
    alone: new Map([['bytes', variant('same', 100)]]),
    missing: new Map([['bytes', variant('gap', 100)]]),
    schedules: 2,
    latency: {
      rounds: 30,
      floorMs: 2.25,
      medians: new Map<string, ReadonlyMap<Fix | 'all', number>>([
        [
          'request, reply',
          new Map([
            ['all', 5.5],
            ['bytes', 4],
            ['headers', 6],
          ]),
        ],
        ['broadcast', new Map([['all', 7]])],
      ]),
    },
  });
  expect(page).toContain('| KV-005 | gap | same | `bytes` | `bytes` |');
  expect(page).toMatch(/\| `bytes` \| .* \| 110 \| 100 \| 10\.0 % \|/);
  expect(page).toContain('| switch | request, reply | broadcast |');
  expect(page).toContain('| all fixes | 5.5 | 7.0 |');
  expect(page).toContain('| `bytes` | +1.5 | – |');
  expect(page).toContain('| `headers` | -0.5 | – |');
  expect(page).toContain('took 2.3 ms');
});
