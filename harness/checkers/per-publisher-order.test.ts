import { expect, test } from 'vitest';
import { holdsOn, judge } from './judge-history.ts';
import { crossSubjectOrder, perPublisherOrder } from './per-publisher-order.ts';
import { writeHistory } from './write-history.ts';

const checker = perPublisherOrder();

holdsOn(checker, 'messaging');
holdsOn(crossSubjectOrder(), 'messaging');

test('reordered: both publishes and both deliveries', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  const early = history.publish('p/0', 'x');
  const late = history.publish('p/1', 'x');
  const gotLate = history.deliver('a', 'p/1');
  const gotEarly = history.deliver('a', 'p/0');
  expect(judge(checker, history)).toEqual({
    valid: false,
    facts: { pairsCompared: 1, reordered: 1 },
    anomalies: [
      {
        kind: 'reordered',
        message: 'a got p/0 after p/1, which p published later',
        evidence: [early, late, gotLate, gotEarly],
      },
    ],
  });
});

test('across publishers and across subscriptions nothing is compared (PUB-004)', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  history.subscribe('b', 'x');
  history.publish('p/0', 'x');
  history.publish('q/0', 'x');
  history.publish('q/1', 'x');
  history.deliver('a', 'q/0');
  history.deliver('a', 'p/0');
  history.deliver('b', 'q/1');
  expect(judge(checker, history)).toMatchObject({ valid: 'unknown', vacuous: true });
});

test('a redelivery out of turn is not for this checker', () => {
  const history = writeHistory();
  history.subscribe('a', 'x');
  history.publish('p/0', 'x');
  history.publish('p/1', 'x');
  for (const id of ['p/0', 'p/1', 'p/0']) history.deliver('a', id);
  expect(judge(checker, history).valid).toBe(true);
});

test('cross-subject order compares different subjects only', () => {
  const arrivals = (...ids: string[]) => {
    const history = writeHistory();
    history.subscribe('a', '*');
    history.publish('p/0', 'x');
    history.publish('p/1', 'y');
    history.publish('p/2', 'x');
    history.publish('p/3', 'y');
    for (const id of ids) history.deliver('a', id);
    return judge(crossSubjectOrder(), history);
  };
  expect(arrivals('p/0', 'p/1', 'p/2', 'p/3').valid).toBe(true);
  expect(arrivals('p/2', 'p/0')).toMatchObject({ valid: 'unknown', vacuous: true });
  expect(arrivals('p/1', 'p/0').valid).toBe(false);
  expect(arrivals('p/2', 'p/3', 'p/1')).toMatchObject({
    valid: false,
    anomalies: [{ message: 'a got p/1 after p/2, which p published later' }],
  });
});
