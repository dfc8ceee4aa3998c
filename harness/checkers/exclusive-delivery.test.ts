import { expect, test } from 'vitest';
import { exclusiveDelivery } from './exclusive-delivery.ts';
import { holdsOn, judge } from './judge-history.ts';
import { writeHistory } from './write-history.ts';

const checker = exclusiveDelivery();

holdsOn(checker, 'messaging');

function group() {
  const history = writeHistory();
  history.subscribe('a', 'x.*', { queue: 'g' });
  history.subscribe('b', 'x.1', { queue: 'g' });
  return history;
}

test('lost: no member of the group got it', () => {
  const history = group();
  const published = history.publish('p/0', 'x.1');
  history.settled();
  expect(judge(checker, history)).toEqual({
    valid: false,
    facts: { due: 1, lost: 1, duplicated: 0 },
    anomalies: [{ kind: 'lost', message: "no member of 'g' got p/0", evidence: [published] }],
  });
});

test('duplicated: two members, or one member twice, though their filters differ', () => {
  const history = group();
  const published = history.publish('p/0', 'x.1');
  const toA = history.deliver('a', 'p/0');
  const toB = history.deliver('b', 'p/0');
  history.settled();
  expect(judge(checker, history)).toEqual({
    valid: false,
    facts: { due: 1, lost: 0, duplicated: 1 },
    anomalies: [{ kind: 'duplicated', message: "'g' got p/0 2 times", evidence: [published, toA, toB] }],
  });
});

test('unexpected: bytes that nobody published', () => {
  const history = group();
  history.publish('p/0', 'x.1');
  history.deliver('a', 'p/0');
  const alien = history.deliver('b', null);
  history.settled();
  expect(judge(checker, history)).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'unexpected', message: 'b got bytes that nobody published', evidence: [alien] }],
  });
});

test('a message that another party got is not lost here', () => {
  const history = group();
  history.subscribe('c', '>');
  history.publish('p/0', 'x.1');
  history.deliver('c', 'p/0');
  history.settled();
  expect(judge(checker, history).valid).toBe(true);
});

test('a member that crashes may take a message with it, until the history has settled', () => {
  const history = group();
  history.call('b', 'crash', {}).ok(null);
  history.publish('p/0', 'x.1');
  history.settled();
  expect(judge(checker, history)).toMatchObject({ valid: 'unknown', vacuous: true });
  const published = history.publish('p/1', 'x.1');
  history.settled();
  expect(judge(checker, history)).toMatchObject({ valid: false, anomalies: [{ evidence: [published] }] });
});

test('cannot tell without a group', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  history.publish('p/0', 'x');
  history.settled();
  expect(judge(checker, history)).toMatchObject({ valid: 'unknown', vacuous: true });
});
