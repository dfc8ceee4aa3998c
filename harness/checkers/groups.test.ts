import { expect, test } from 'vitest';
import { range } from '#core';
import { atMostOnceAfterCrash, distribution, failover, memberFilter, pushed, scaleUp } from './groups.ts';
import { judge } from './judge-history.ts';
import { writeHistory } from './write-history.ts';

function members(...names: readonly string[]) {
  const history = writeHistory();
  for (const name of names) history.subscribe(name, 'x', { queue: 'g' });
  return history;
}

test('member-filter: unexpected where a member gets what another asked for', () => {
  const history = writeHistory();
  const subscribed = history.subscribe('a', 'x.1', { queue: 'g' });
  history.subscribe('b', 'x.*', { queue: 'g' });
  const published = history.publish('p/0', 'x.2');
  const got = history.deliver('a', 'p/0');
  history.settled();
  expect(judge(memberFilter(), history)).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'unexpected', evidence: [subscribed, published, got] }],
  });
});

test('failover: lost where nobody takes over, once the crash is known', () => {
  const history = members('a', 'b');
  const crash = history.call('a', 'crash', {});
  crash.ok(null);
  const settled = history.settled();
  const published = history.publish('p/0', 'x');
  history.settled();
  expect(judge(failover(), history)).toMatchObject({
    valid: false,
    anomalies: [
      {
        kind: 'lost',
        message: "no member of 'g' got p/0 after a had gone",
        evidence: [crash.index, settled, published],
      },
    ],
  });
});

test('at-most-once-after-crash: redelivered where another gets it after the crash, and not before', () => {
  const history = members('a', 'b');
  const published = history.publish('p/0', 'x');
  const first = history.deliver('a', 'p/0');
  const crash = history.call('a', 'crash', {});
  crash.ok(null);
  const again = history.deliver('b', 'p/0');
  history.settled();
  expect(judge(atMostOnceAfterCrash(), history)).toMatchObject({
    valid: false,
    anomalies: [
      {
        kind: 'redelivered',
        message: 'b got p/0, which a had when it crashed',
        evidence: [published, first, crash.index, again],
      },
    ],
  });
});

function share(names: readonly string[], receiver: (n: number) => string, messages: number) {
  const history = members(...names);
  for (const n of range(messages)) {
    history.publish(`p/${n}`, 'x');
    history.deliver(receiver(n), `p/${n}`);
  }
  history.settled();
  return judge(distribution(), history);
}

test('distribution: starved where one of two got none of forty; fewer say nothing', () => {
  expect(share(['a', 'b'], () => 'a', 40)).toMatchObject({
    valid: false,
    facts: { 'shares of g': '40 0' },
    anomalies: [{ kind: 'starved', message: "b got none of 40 messages of 'g'" }],
  });
  expect(share(['a', 'b'], (n) => (n === 0 ? 'b' : 'a'), 40).valid).toBe(true);
  expect(share(['a', 'b'], () => 'a', 39)).toMatchObject({ valid: 'unknown', vacuous: true });
});

test('scale-up: starved where a newcomer gets none of twenty', () => {
  const run = (receiver: string, messages: number) => {
    const history = members('a');
    history.publish('p/0', 'x');
    history.deliver('a', 'p/0');
    const joined = history.subscribe('b', 'x', { queue: 'g' });
    for (const n of range(messages)) {
      history.publish(`p/${n + 1}`, 'x');
      history.deliver(receiver, `p/${n + 1}`);
    }
    history.settled();
    return { verdict: judge(scaleUp(), history), joined };
  };
  const { verdict, joined } = run('a', 20);
  expect(verdict).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'starved', message: 'b joined and got none of 20 messages', evidence: [joined, joined + 3] }],
  });
  expect(run('b', 20).verdict.valid).toBe(true);
  expect(run('a', 19).verdict).toMatchObject({ valid: 'unknown', vacuous: true });
});

test('pushed: late beyond the longest poll; up to there it observes', () => {
  const run = (ms: number) => {
    const history = members('a');
    const published = history.publish('p/0', 'x');
    history.sleep(ms);
    const got = history.deliver('a', 'p/0');
    history.settled();
    return { verdict: judge(pushed(), history), evidence: [published, got] };
  };
  const { verdict, evidence } = run(20_001);
  expect(verdict).toMatchObject({ valid: false, anomalies: [{ kind: 'late', evidence }] });
  expect(run(20_000).verdict).toMatchObject({
    valid: true,
    observations: { push: { word: 'polled', unlike: 'weaker' } },
  });
  expect(run(5).verdict).toMatchObject({ valid: true, observations: { push: { word: 'at once' } } });
});
