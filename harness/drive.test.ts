import { createVirtualClock } from 'parallax-emulator';
import { expect, test } from 'vitest';
import { sleep } from '#core';
import { createDriver } from './drive.ts';

const signal = new AbortController().signal;

test('driver - an act that sleeps for days ends at once', async () => {
  const clock = createVirtualClock({ startMs: 0 });
  const { drive } = createDriver(clock, () => false);
  await drive(sleep(clock, 4 * 86_400_000, { signal }));
  expect(clock.epochMs()).toBe(4 * 86_400_000);
});

test('driver - a rejection of the act is the result', async () => {
  const clock = createVirtualClock({ startMs: 0 });
  const { drive } = createDriver(clock, () => false);
  await expect(drive(Promise.reject(new Error('broke')))).rejects.toThrow('broke');
});

test('driver - an act that waits for nothing is an error, not a hang', async () => {
  const clock = createVirtualClock({ startMs: 0 });
  const { drive } = createDriver(clock, () => false);
  await expect(drive(new Promise(() => undefined))).rejects.toThrow('nothing is due and the act has not ended');
});

test('driver - the clock stands still while something is busy', async () => {
  const clock = createVirtualClock({ startMs: 0 });
  let turns = 0;
  const { drive } = createDriver(clock, () => {
    turns += 1;
    if (turns <= 5) expect(clock.epochMs()).toBe(0);
    return turns <= 5;
  });
  await drive(sleep(clock, 1_000, { signal }));
  expect(turns).toBeGreaterThan(5);
});

test('settling - idle timers do not keep it, work within the horizon does', async () => {
  const clock = createVirtualClock({ startMs: 0 });
  const { drive, settle } = createDriver(clock, () => false);
  const woken: string[] = [];
  clock.at(500, () => woken.push('work'), 'work');
  clock.at(20_000, () => woken.push('idle'), 'idle');
  clock.at(90_000, () => woken.push('too late'), 'work');
  await expect(drive(settle({ horizonMs: 60_000, signal }))).resolves.toEqual({ complete: true, horizonMs: 60_000 });
  expect(woken).toEqual(['work']);
  clock.step();
  clock.step();
  await expect(drive(settle({ horizonMs: 60_000, signal }))).resolves.toEqual({ complete: true });
});
