import { expect, test } from 'vitest';
import type { Clock } from './clock.ts';
import { createRetry } from './retry.ts';

/** A clock that is always there already. */
function hurrying(): Clock & { readonly waits: number[] } {
  let nowMs = 0;
  const waits: number[] = [];
  return {
    waits,
    epochMs: () => nowMs,
    at: (dueMs, wake) => {
      waits.push(dueMs - nowMs);
      nowMs = dueMs;
      queueMicrotask(wake);
      return () => undefined;
    },
  };
}

function failing(error: Error, times: number): { readonly call: () => Promise<string>; readonly calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    call: async () => {
      calls += 1;
      if (calls <= times) throw error;
      return 'done';
    },
  };
}

const throttled = Object.assign(new Error('slow down'), {
  name: 'ThrottlingException',
  $metadata: { httpStatusCode: 400 },
});

test('retry - repeats what is throttled, with delays that may grow', async () => {
  const clock = hurrying();
  const retry = createRetry({ clock, random: () => 0.5, signal: new AbortController().signal });
  const { call, calls } = failing(throttled, 3);
  expect(await retry(call)).toBe('done');
  expect(calls()).toBe(4);
  expect(clock.waits).toEqual([50, 100, 200]);
});

test('retry - gives up after ten attempts with the last error', async () => {
  const retry = createRetry({ clock: hurrying(), random: () => 0, signal: new AbortController().signal });
  const { call, calls } = failing(throttled, 100);
  await expect(retry(call)).rejects.toBe(throttled);
  expect(calls()).toBe(10);
});

test('retry - does not repeat what was refused', async () => {
  const refused = Object.assign(new Error('no'), { $metadata: { httpStatusCode: 400 } });
  const retry = createRetry({ clock: hurrying(), random: () => 0, signal: new AbortController().signal });
  const { call, calls } = failing(refused, 1);
  await expect(retry(call)).rejects.toBe(refused);
  expect(calls()).toBe(1);
});
