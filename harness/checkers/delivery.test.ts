import { expect, test } from 'vitest';
import { brand } from '#core';
import type { Nanos } from '#core';
import { delivery } from './delivery.ts';
import { holdsOn, judge } from './judge-history.ts';
import { writeHistory } from './write-history.ts';

const checker = delivery();

holdsOn(checker, 'messaging');

test('lost: a due message that a subscription never got', () => {
  const history = writeHistory();
  const subscribed = history.subscribe('a', 'x.*');
  history.publish('p/0', 'x.1');
  history.deliver('a', 'p/0');
  const lost = history.publish('p/1', 'x.2');
  history.settled();
  expect(judge(checker, history)).toEqual({
    valid: false,
    facts: { due: 2, delivered: 1, lost: 1 },
    anomalies: [{ kind: 'lost', message: 'a never got p/1', evidence: [subscribed, lost] }],
  });
});

test('lost: what was due later than the run looked ahead is not called lost for ever', () => {
  const history = writeHistory();
  history.subscribe('a', 'x.*');
  history.publish('p/0', 'x.1');
  history.push({ at: brand<Nanos>(0), kind: 'settled', complete: true, horizonMs: 900_000 });
  expect(judge(checker, history)).toMatchObject({
    valid: false,
    anomalies: [{ message: 'a never got p/0 within the horizon of 15 min' }],
  });
});

test('unexpected: bytes that nobody published', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  history.publish('p/0', 'x');
  history.deliver('a', 'p/0');
  const alien = history.deliver('a', null);
  history.settled();
  expect(judge(checker, history)).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'unexpected', message: 'a got bytes that nobody published', evidence: [alien] }],
  });
});

test('unexpected: a subject that the filter does not match', () => {
  const history = writeHistory();
  const subscribed = history.subscribe('a', 'x.*');
  const published = history.publish('p/0', 'y.1');
  const delivered = history.deliver('a', 'p/0');
  history.settled();
  expect(judge(checker, history)).toMatchObject({
    valid: false,
    anomalies: [
      {
        kind: 'unexpected',
        message: "a got p/0, whose subject 'y.1' its filter 'x.*' does not match",
        evidence: [subscribed, published, delivered],
      },
    ],
  });
});

test('unexpected: a message whose publish had failed', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  history.publish('p/0', 'x');
  history.deliver('a', 'p/0');
  const failing = history.call('p', 'publish', { id: 'p/1' as never, subject: 'x' as never, body: '' as never });
  const failed = failing.fail('throttled');
  const delivered = history.deliver('a', 'p/1');
  history.settled();
  expect(judge(checker, history)).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'unexpected', evidence: [failing.index, failed, delivered] }],
  });
});

test.each([
  ['unsupported', 'unsupported'],
  ['unmappable', 'refused'],
])('a subscription that fails as %s: %s', (error, kind) => {
  const history = writeHistory();
  const call = history.call('a', 'subscribe', { subscription: 'a' as never, pattern: 'x' as never });
  const failed = call.fail(error);
  history.publish('p/0', 'x');
  history.settled();
  expect(judge(checker, history)).toMatchObject({
    valid: false,
    anomalies: [{ kind, message: `subscribe of a failed: ${error}`, evidence: [call.index, failed] }],
  });
});

test('a message is not due before the subscription was flushed, nor after it began to end', () => {
  const history = writeHistory();
  history.call('a', 'subscribe', { subscription: 'a' as never, pattern: 'x' as never }).ok(null);
  history.publish('p/0', 'x');
  history.call('a', 'flush', {}).ok(null);
  history.publish('p/1', 'x');
  history.call('a', 'unsubscribe', { subscription: 'a' as never }).ok(null);
  history.settled();
  expect(judge(checker, history)).toMatchObject({ valid: 'unknown', vacuous: true });
});

test('a message of a session that crashed is due only where a flush had confirmed it', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  const confirmed = history.publish('p/0', 'x');
  history.call('p', 'flush', {}).ok(null);
  history.publish('p/1', 'x');
  history.call('p', 'crash', {}).ok(null);
  history.settled();
  expect(judge(checker, history)).toMatchObject({
    valid: false,
    facts: { due: 1 },
    anomalies: [{ message: 'a never got p/0', evidence: [0, confirmed] }],
  });
});

test('a publish that may or may not have happened is not due', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  history
    .call('p', 'publish', { id: 'p/0' as never, subject: 'x' as never, body: '' as never })
    .info('connection-lost');
  history.settled();
  expect(judge(checker, history)).toMatchObject({ valid: 'unknown', vacuous: true });
});

test('cannot tell in a history that did not settle', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  history.publish('p/0', 'x');
  history.deliver('a', 'p/0');
  history.settled(false);
  const verdict = judge(checker, history);
  expect(verdict.valid).toBe('unknown');
  expect(verdict).not.toHaveProperty('vacuous');
});

test('cannot tell in an empty history', () => {
  const history = writeHistory();
  history.settled();
  expect(judge(checker, history)).toMatchObject({ valid: 'unknown', vacuous: true });
});
