import { expect, test } from 'vitest';
import { holdsOn, judge } from './judge-history.ts';
import { noDuplicates } from './no-duplicates.ts';
import { writeHistory } from './write-history.ts';

const checker = noDuplicates();

holdsOn(checker, 'messaging');

test('duplicated: every copy beyond the first, with publish and both deliveries', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  history.subscribe('b', 'x');
  const published = history.publish('p/0', 'x');
  const first = history.deliver('a', 'p/0');
  history.deliver('b', 'p/0');
  const second = history.deliver('a', 'p/0');
  const third = history.deliver('a', 'p/0');
  history.settled();
  expect(judge(checker, history)).toEqual({
    valid: false,
    facts: { delivered: 4, duplicated: 2 },
    anomalies: [
      { kind: 'duplicated', message: 'a got p/0 again', evidence: [published, first, second] },
      { kind: 'duplicated', message: 'a got p/0 again', evidence: [published, first, third] },
    ],
  });
});

test('leaves queue groups to their own checker', () => {
  const history = writeHistory();
  history.subscribe('a', 'x', { queue: 'g' });
  history.publish('p/0', 'x');
  history.deliver('a', 'p/0');
  history.deliver('a', 'p/0');
  history.settled();
  expect(judge(checker, history)).toMatchObject({ valid: 'unknown', vacuous: true });
});

test('cannot tell in a history that did not settle', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  history.publish('p/0', 'x');
  history.deliver('a', 'p/0');
  expect(judge(checker, history)).toMatchObject({ valid: 'unknown' });
});
