import { expect, test } from 'vitest';
import { autoUnsubscribe } from './auto-unsubscribe.ts';
import { judge } from './judge-history.ts';
import { writeHistory } from './write-history.ts';

function limited(copies: number, max = 2) {
  const history = writeHistory();
  const subscribed = history.subscribe('a', 'x', { max });
  for (const n of [0, 1, 2, 3]) history.publish(`p/${n}`, 'x');
  const got = Array.from({ length: copies }, (_, n) => history.deliver('a', `p/${n}`));
  history.settled();
  return { verdict: judge(autoUnsubscribe(), history), subscribed, got };
}

test('exactly the maximum is right', () => {
  expect(limited(2).verdict.valid).toBe(true);
});

test('overrun: one message more', () => {
  const { verdict, subscribed, got } = limited(3);
  expect(verdict).toMatchObject({
    valid: false,
    anomalies: [
      { kind: 'overrun', message: 'a was to end after 2 messages and got 3', evidence: [subscribed, got[2]] },
    ],
  });
});

test('lost: one message less', () => {
  const { verdict, subscribed } = limited(1);
  expect(verdict).toMatchObject({ valid: false, anomalies: [{ kind: 'lost', evidence: [subscribed] }] });
});

test('cannot tell where no more was sent than the maximum', () => {
  expect(limited(4, 4).verdict).toMatchObject({ valid: 'unknown', vacuous: true });
});
