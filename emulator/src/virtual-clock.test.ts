import { array, assert, boolean, integer, property, tuple, uniqueArray } from 'fast-check';
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

test('virtual clock - the order at one instant is chosen by name, and only where there is one', () => {
  const asked: string[] = [];
  const clock = createVirtualClock({
    startMs: 1000,
    order: (key, options) => {
      asked.push(`${key}/${options}`);
      return key.startsWith('a') ? 1 : 0;
    },
  });
  const woken: string[] = [];
  const wait = (name: string, dueMs: number, kind?: 'idle'): unknown =>
    clock.at(dueMs, () => woken.push(`${name}@${dueMs}`), kind, name);
  wait('alone', 1001);
  wait('a', 1002);
  wait('a', 1002);
  wait('b', 1002, 'idle');
  clock.step();
  expect(asked).toEqual([]);
  clock.at(1002, () => wait('c', 1002), undefined, 'b');
  while (clock.step());
  expect(woken).toEqual(['alone@1001', 'b@1002', 'c@1002', 'a@1002', 'a@1002']);
  expect(asked).toEqual(['a@2#0/8', 'a@2#1/8', 'b@2#0/8', 'b@2#1/8', 'c@2#0/8']);
});

test('virtual clock - any order of eight is within reach', () => {
  assert(
    property(uniqueArray(integer({ min: 0, max: 7 }), { minLength: 8, maxLength: 8 }), (ranks) => {
      const clock = createVirtualClock({ startMs: 0, order: (key) => ranks[Number(key[0])] ?? 0 });
      const woken: number[] = [];
      for (const index of ranks.keys()) clock.at(5, () => woken.push(ranks[index] ?? -1), 'work', `${index}`);
      while (clock.step());
      expect(woken).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
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
