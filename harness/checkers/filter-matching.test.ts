import { expect, test } from 'vitest';
import { filterMatching } from './filter-matching.ts';
import { holdsOn, judge } from './judge-history.ts';
import { writeHistory } from './write-history.ts';

const checker = filterMatching();

holdsOn(checker, 'messaging');

test('unmatched: a subject of which a subscription got nothing', () => {
  const history = writeHistory();
  const subscribed = history.subscribe('a', 'x.*');
  const published = history.publish('p/0', 'x.1');
  history.publish('p/1', 'x.1');
  history.settled();
  expect(judge(checker, history)).toEqual({
    valid: false,
    facts: { compared: 1, unmatched: 1 },
    anomalies: [{ kind: 'unmatched', message: "a got none of 2 messages to 'x.1'", evidence: [subscribed, published] }],
  });
});

test('unexpected: a message to a subject that the filter does not match', () => {
  const history = writeHistory();
  const subscribed = history.subscribe('a', 'x.*');
  const published = history.publish('p/0', 'X.1');
  const delivered = history.deliver('a', 'p/0');
  history.settled();
  expect(judge(checker, history)).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'unexpected', evidence: [subscribed, published, delivered] }],
  });
});

test('a message lost among others of its subject is not its business', () => {
  const history = writeHistory();
  history.subscribe('a', 'x.*');
  history.publish('p/0', 'x.1');
  history.publish('p/1', 'x.1');
  history.deliver('a', 'p/1');
  history.settled();
  expect(judge(checker, history)).toEqual({ valid: true, facts: { compared: 1, unmatched: 0 } });
});

test('refused: a filter that a server takes, and no other', () => {
  const history = writeHistory();
  history.call('a', 'subscribe', { subscription: 'a/0' as never, pattern: 'x.>.y' as never }).fail('invalid-subject');
  const call = history.call('a', 'subscribe', { subscription: 'a/1' as never, pattern: 'x.>' as never });
  const failed = call.fail('invalid-subject');
  history.settled();
  expect(judge(checker, history)).toMatchObject({ anomalies: [{ kind: 'refused', evidence: [call.index, failed] }] });
});

test('cannot tell where nothing was due', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  history.publish('p/0', 'y');
  history.settled();
  expect(judge(checker, history)).toMatchObject({ valid: 'unknown', vacuous: true });
});
