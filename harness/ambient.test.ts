import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { withoutAmbient } from './ambient.ts';

const reads: readonly (readonly [string, () => unknown])[] = [
  ['Date.now', () => Date.now()],
  ['new Date', () => new Date()],
  ['Date', () => Date()],
  ['Math.random', () => Math.random()],
  ['performance.now', () => performance.now()],
  ['process.hrtime', () => process.hrtime()],
  ['process.hrtime.bigint', () => process.hrtime.bigint()],
  ['setTimeout', () => setTimeout(() => undefined, 1)],
  ['setInterval', () => setInterval(() => undefined, 1)],
  ['setImmediate', () => setImmediate(() => undefined)],
  ['timers/promises.setTimeout', () => sleep(1)],
  ['crypto.randomUUID', () => crypto.randomUUID()],
  ['crypto.randomBytes', () => randomBytes(4)],
  ['crypto.getRandomValues', () => crypto.getRandomValues(new Uint8Array(4))],
  ['AbortSignal.timeout', () => AbortSignal.timeout(1)],
  ['os.hostname', () => hostname()],
  ['fetch', () => fetch('http://127.0.0.1:1/')],
];

test.each(reads)('ambient - %s is caught in a run and named with its place', async (call, read) => {
  const { ambient } = await withoutAmbient(async () => {
    await Promise.resolve();
    expect(read).toThrow(`a virtual run has no ${call}()`);
  });
  expect(ambient).toContain(`${call}() at `);
  expect(ambient).toContain('ambient.test.ts:');
});

test('ambient - what was caught on the way is told all the same, and only the first', async () => {
  const { result, ambient } = await withoutAmbient(async () => {
    try {
      return Date.now();
    } catch {
      return Number.isNaN(Date.parse('')) ? 'went on' : Math.random();
    }
  });
  expect(result).toBe('went on');
  expect(ambient).toContain('Date.now()');
});

test('ambient - a time that is given, and what hashes, may be used; outside of runs all may', async () => {
  const { result, ambient } = await withoutAmbient(async () => {
    const date = new Date(86_400_000);
    return [
      date.toISOString(),
      date instanceof Date,
      date.constructor === Date,
      createHash('md5').update('').digest('hex'),
    ];
  });
  expect(result).toEqual(['1970-01-02T00:00:00.000Z', true, true, 'd41d8cd98f00b204e9800998ecf8427e']);
  expect(ambient).toBeUndefined();
  expect(Date.now()).toBeGreaterThan(86_400_000);
  expect(Math.random()).toBeLessThan(1);
});
