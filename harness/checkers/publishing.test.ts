import { expect, test } from 'vitest';
import { brand, patternOf, subjectOf, utf8 } from '#core';
import type { MessageId, ReceiverId } from '#core';
import { judge } from './judge-history.ts';
import { noEcho } from './no-echo.ts';
import { overlappingCopies } from './overlapping-copies.ts';
import { fireAndForget, publishFailureTold, slowSibling, unknownDestination } from './publishing.ts';
import { sameOrder } from './same-order.ts';
import { writeHistory } from './write-history.ts';
import type { HistoryWriter } from './write-history.ts';

function slowSubscriber(history: HistoryWriter, takesMs: number): void {
  const subscription = brand<ReceiverId>('slow');
  history.call('slow', 'subscribe', { subscription, pattern: patternOf('x'), handling: { takesMs } }).ok(null);
  history.call('slow', 'flush', {}).ok(null);
}

function publishTaking(history: HistoryWriter, ms: number) {
  const call = history.call('p', 'publish', {
    id: brand<MessageId>('p/0'),
    subject: subjectOf('x'),
    body: utf8('p/0'),
  });
  history.sleep(ms);
  return { index: call.index, end: call.ok(null) };
}

test('fire-and-forget: blocked where publish takes as long as its receiver', () => {
  const run = (ms: number) => {
    const history = writeHistory();
    slowSubscriber(history, 500);
    const { index, end } = publishTaking(history, ms);
    return { verdict: judge(fireAndForget(), history), index, end };
  };
  const { verdict, index, end } = run(500);
  expect(verdict).toMatchObject({
    valid: false,
    anomalies: [
      { kind: 'blocked', message: 'publish of p/0 took 500 ms, a subscription 500 ms', evidence: [index, end] },
    ],
  });
  expect(run(499).verdict.valid).toBe(true);
});

test('publish-failure-told: swallowed where nobody got what was reported as done', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  const published = history.publish('p/0', 'x');
  history.settled();
  expect(judge(publishFailureTold(), history)).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'swallowed', evidence: [published, published + 1] }],
  });
});

test('unknown-destination: refused where a publish to nobody fails', () => {
  const history = writeHistory();
  history.subscribe('a', 'y');
  const call = history.call('p', 'publish', { id: brand<MessageId>('p/0'), subject: subjectOf('x'), body: utf8('') });
  const end = call.fail('not-found');
  expect(judge(unknownDestination(), history)).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'refused', evidence: [call.index, end] }],
  });
});

test('slow-sibling: held-up where the fast one waits as long as the slow one takes', () => {
  const run = (ms: number) => {
    const history = writeHistory();
    slowSubscriber(history, 500);
    history.subscribe('fast', 'x');
    const published = history.publish('p/0', 'x');
    history.deliver('slow', 'p/0');
    history.sleep(ms);
    const got = history.deliver('fast', 'p/0');
    history.settled();
    return { verdict: judge(slowSibling(), history), evidence: [published, got] };
  };
  const { verdict, evidence } = run(500);
  expect(verdict).toMatchObject({ valid: false, anomalies: [{ kind: 'held-up', evidence }] });
  expect(run(100).verdict.valid).toBe(true);
});

test('overlapping-copies: lost where a session got one copy for two subscriptions', () => {
  const history = writeHistory();
  history.subscribe('a', 'x', { id: 'a/one' });
  history.subscribe('a', '>', { id: 'a/two' });
  const published = history.publish('p/0', 'x');
  const got = history.deliver('a/one', 'p/0');
  history.settled();
  expect(judge(overlappingCopies(), history)).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'lost', message: 'a got p/0 on a/one and not on a/two', evidence: [published, got] }],
  });
});

test('no-echo: echoed where a quiet session hears itself, lost where another does not', () => {
  const history = writeHistory();
  history.subscribe('quiet', 'x');
  history.subscribe('loud', 'x');
  const quiet = history.publish('quiet/0', 'x');
  const loud = history.publish('loud/0', 'x');
  const echo = history.deliver('quiet', 'quiet/0');
  history.settled();
  expect(judge(noEcho({ quiet: ['quiet'] }), history)).toMatchObject({
    valid: false,
    anomalies: [
      { kind: 'echoed', message: 'quiet heard its own quiet/0', evidence: [quiet, echo] },
      { kind: 'lost', message: 'loud did not hear its own loud/0', evidence: [loud] },
    ],
  });
});

test('same-order: diverged where two subscriptions see two orders, though neither be that of the publisher', () => {
  const history = writeHistory();
  for (const name of ['a', 'b', 'c']) history.subscribe(name, 'x');
  history.publish('p/0', 'x');
  history.publish('p/1', 'x');
  const [a1, a0] = [history.deliver('a', 'p/1'), history.deliver('a', 'p/0')];
  history.deliver('b', 'p/1');
  history.deliver('b', 'p/0');
  const [c0, c1] = [history.deliver('c', 'p/0'), history.deliver('c', 'p/1')];
  expect(judge(sameOrder(), history)).toMatchObject({
    valid: false,
    facts: { compared: 2 },
    anomalies: [{ kind: 'diverged', evidence: [c0, c1, a1, a0] }],
  });
});

test('same-order: says what was lost where nothing arrived', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  const published = history.publish('p/0', 'x');
  history.settled();
  expect(judge(sameOrder(), history)).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'lost', message: 'nobody got p/0', evidence: [published] }],
  });
});
