import { expect, test } from 'vitest';
import { interestOnly, subscribeBarrier, unsubscribeBarrier } from './barriers.ts';
import { judge } from './judge-history.ts';
import { writeHistory } from './write-history.ts';

test('interest-only: stale where a message was with the broker before the subscription', () => {
  const history = writeHistory();
  const published = history.publish('p/0', 'x');
  history.call('p', 'flush', {}).ok(null);
  const subscribed = history.subscribe('a', 'x');
  const got = history.deliver('a', 'p/0');
  history.settled();
  expect(judge(interestOnly(), history)).toMatchObject({
    valid: false,
    anomalies: [
      {
        kind: 'stale',
        message: 'a got p/0, which was published before it subscribed',
        evidence: [published, subscribed, got],
      },
    ],
  });
});

test('interest-only: a message that may still have been on its way to the broker is not stale', () => {
  const history = writeHistory();
  history.publish('p/0', 'x');
  history.subscribe('a', 'x');
  history.deliver('a', 'p/0');
  history.settled();
  expect(judge(interestOnly(), history)).toMatchObject({ valid: 'unknown', vacuous: true });
});

test('subscribe-barrier: inactive where the first due messages are missing', () => {
  const history = writeHistory();
  const subscribed = history.subscribe('a', 'x');
  const missed = history.publish('p/0', 'x');
  history.publish('p/1', 'x');
  history.deliver('a', 'p/1');
  history.settled();
  expect(judge(subscribeBarrier(), history)).toMatchObject({
    valid: false,
    facts: { missedFirst: 1 },
    anomalies: [
      {
        kind: 'inactive',
        message: 'a had been flushed and did not get p/0',
        evidence: [subscribed, subscribed + 3, missed],
      },
    ],
  });
});

test('subscribe-barrier: a message lost later is not for this checker', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  history.publish('p/0', 'x');
  history.publish('p/1', 'x');
  history.deliver('a', 'p/0');
  history.settled();
  expect(judge(subscribeBarrier(), history).valid).toBe(true);
});

test('unsubscribe-barrier: late where something comes after unsubscribe has returned, and not before', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  history.publish('p/0', 'x');
  const leaving = history.call('a', 'unsubscribe', { subscription: 'a' as never });
  history.deliver('a', 'p/0');
  const left = leaving.ok(null);
  history.publish('p/1', 'x');
  const got = history.deliver('a', 'p/1');
  history.settled();
  expect(judge(unsubscribeBarrier(), history)).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'late', message: 'a got p/1 after it had unsubscribed', evidence: [leaving.index, left, got] }],
  });
});

test('unsubscribe-barrier: cannot tell where nothing was published after it', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  history.call('a', 'unsubscribe', { subscription: 'a' as never }).ok(null);
  history.settled();
  expect(judge(unsubscribeBarrier(), history)).toMatchObject({ valid: 'unknown', vacuous: true });
});
