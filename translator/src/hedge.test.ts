import { expect, test } from 'vitest';
import { createHedge } from './hedge.ts';

/** A clock whose next wake is given by hand. */
function manual() {
  const wakes: (() => void)[] = [];
  return {
    wakes,
    epochMs: () => 0,
    at: (_dueMs: number, wake: () => void) => {
      wakes.push(wake);
      return () => {
        wakes.splice(wakes.indexOf(wake), 1);
      };
    },
  };
}

test('hedge - a call that answers in time is made once', async () => {
  const clock = manual();
  let calls = 0;
  const call = async (): Promise<string> => {
    calls += 1;
    return 'answer';
  };
  expect(await createHedge(clock)(call)).toBe('answer');
  expect(calls).toBe(1);
  expect(clock.wakes).toEqual([]);
});

test('hedge - where the first is slow the second answers, and the first may still fail', async () => {
  const clock = manual();
  const first = Promise.withResolvers<string>();
  const answers = [first.promise, Promise.resolve('second')];
  const answer = createHedge(clock)(() => answers.shift() ?? Promise.reject(new Error('third')));
  clock.wakes.shift()?.();
  expect(await answer).toBe('second');
  first.reject(new Error('late'));
});

test('hedge - rejects once every call has failed', async () => {
  const clock = manual();
  const answer = createHedge(clock)(() => Promise.reject(new Error('refused')));
  await expect(answer).rejects.toThrow('refused');
  expect(clock.wakes).toEqual([]);
});
