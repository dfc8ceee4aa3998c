import { expect, test } from 'vitest';
import { groupCopies } from './group-copies.ts';
import { holdsOn, judge } from './judge-history.ts';
import { writeHistory } from './write-history.ts';

const checker = groupCopies();

holdsOn(checker, 'messaging');

function parties() {
  const history = writeHistory();
  history.subscribe('a', 'x', { queue: 'g' });
  history.subscribe('b', 'x', { queue: 'h' });
  history.subscribe('c', 'x');
  return history;
}

test('lost: one group went without, another party did not', () => {
  const history = parties();
  const published = history.publish('p/0', 'x');
  const witness = history.deliver('c', 'p/0');
  history.deliver('a', 'p/0');
  history.settled();
  expect(judge(checker, history)).toEqual({
    valid: false,
    facts: { shared: 1, lost: 1 },
    anomalies: [{ kind: 'lost', message: "'h' never got p/0, which c got", evidence: [published, witness] }],
  });
});

test('a message that nobody got is for others to report', () => {
  const history = parties();
  history.publish('p/0', 'x');
  history.settled();
  expect(judge(checker, history).valid).toBe(true);
});

test('cannot tell where no message was due to two parties', () => {
  const history = writeHistory();
  history.subscribe('a', 'x', { queue: 'g' });
  history.subscribe('b', 'x', { queue: 'g' });
  history.publish('p/0', 'x');
  history.deliver('a', 'p/0');
  history.settled();
  expect(judge(checker, history)).toMatchObject({ valid: 'unknown', vacuous: true });
});
