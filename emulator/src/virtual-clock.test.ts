import { array, assert, boolean, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { advance } from './advance.ts';
import { createVirtualClock } from './virtual-clock.ts';
import { createWorld } from './world.ts';

test('virtual clock - wakes in the order of due time, then of asking, and never twice', () => {
  assert(
    property(array(tuple(integer({ min: 0, max: 20 }), boolean(), boolean())), (asks) => {
      const clock = createVirtualClock({ startMs: 0 });
      const woken: number[] = [];
      const cancels = asks.map(([dueMs, isIdle], index) =>
        clock.at(dueMs, () => woken.push(index), isIdle ? 'idle' : 'work'),
      );
      for (const [index, [, , isCancelled]] of asks.entries()) if (isCancelled) cancels[index]?.();
      while (clock.step());
      const expected = asks
        .map(([dueMs, , isCancelled], index) => ({ dueMs, index, isCancelled }))
        .filter(({ isCancelled }) => !isCancelled)
        .sort((a, b) => a.dueMs - b.dueMs || a.index - b.index)
        .map(({ index }) => index);
      expect(woken).toEqual(expected);
      expect(clock.nextDueMs()).toBeUndefined();
    }),
  );
});

test('virtual clock - an idle wake is not work', () => {
  const clock = createVirtualClock({ startMs: 0 });
  clock.at(5, () => undefined, 'idle');
  clock.at(9, () => undefined);
  expect([clock.nextDueMs(), clock.nextWorkDueMs()]).toEqual([5, 9]);
});

test('advance - what a wake starts comes to rest before the next wake', async () => {
  const clock = createVirtualClock({ startMs: 0 });
  const world = createWorld({ clock });
  const seen: string[] = [];
  clock.at(1, () =>
    world.spawn(async () => {
      await Promise.resolve();
      await Promise.resolve();
      seen.push('first');
    }),
  );
  clock.at(2, () => seen.push('second'));
  await advance(clock, world, 2);
  expect(seen).toEqual(['first', 'second']);
  expect(clock.epochMs()).toBe(2);
});
