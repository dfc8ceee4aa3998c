import { expect, test } from 'vitest';
import { utf8 } from '#core';
import { compareAndSet } from './compare-and-set.ts';
import { holdsOn, judge } from './judge-history.ts';
import { writeHistory } from './write-history.ts';

const checker = compareAndSet();
const key = { bucket: 'b', key: 'k' };
const one = utf8('one');
const two = utf8('two');
const entry = (value: typeof one, revision: number | null) =>
  ({ key: 'k', value, revision, operation: 'PUT' }) as const;

holdsOn(checker, 'keys');

test('two creates of one key: both are the evidence', () => {
  const history = writeHistory();
  history.call('c', 'kv.put', { bucket: 'b', key: 'other', value: one }).ok({ revision: 1 });
  const a = history.call('a', 'kv.create', { ...key, value: one });
  const b = history.call('b', 'kv.create', { ...key, value: two });
  const endA = a.ok({ revision: 2 });
  const endB = b.ok({ revision: 3 });
  history.call('c', 'kv.get', key).ok(entry(two, 3));
  expect(judge(checker, history)).toMatchObject({
    valid: false,
    anomalies: [
      {
        kind: 'not-linearizable',
        message: "no order explains create by a (ok), create by b (ok) of 'b k'",
        evidence: [a.index, b.index, endA, endB],
      },
    ],
  });
});

test('two updates at one revision', () => {
  const history = writeHistory();
  history.call('a', 'kv.put', { ...key, value: one }).ok({ revision: 1 });
  const a = history.call('a', 'kv.update', { ...key, value: one, revision: 1 });
  const b = history.call('b', 'kv.update', { ...key, value: two, revision: 1 });
  const endA = a.ok({ revision: 2 });
  const endB = b.ok({ revision: 3 });
  expect(judge(checker, history)).toMatchObject({
    valid: false,
    anomalies: [{ evidence: [a.index, b.index, endA, endB] }],
  });
});

test('a create that conflicts with nothing', () => {
  const history = writeHistory();
  const a = history.call('a', 'kv.create', { ...key, value: one });
  const endA = a.fail('wrong-revision');
  history.call('a', 'kv.create', { ...key, value: one }).ok({ revision: 1 });
  expect(judge(checker, history)).toMatchObject({ valid: false, anomalies: [{ evidence: [a.index, endA] }] });
});

test('a stale read, and not where reads are left out', () => {
  const history = writeHistory();
  const first = history.call('a', 'kv.put', { ...key, value: one });
  const firstEnd = first.ok({ revision: 1 });
  const put = history.call('a', 'kv.put', { ...key, value: two });
  const putEnd = put.ok({ revision: 2 });
  const get = history.call('b', 'kv.get', key);
  const getEnd = get.ok(entry(one, 1));
  expect(judge(checker, history)).toMatchObject({
    valid: false,
    anomalies: [{ evidence: [first.index, firstEnd, put.index, putEnd, get.index, getEnd] }],
  });
  expect(judge(compareAndSet({ reads: false }), history).valid).toBe(true);
});

test('a write whose end is unknown may or may not have happened', () => {
  const seen = (value: typeof one | null) => {
    const history = writeHistory();
    history.call('a', 'kv.create', { ...key, value: one }).info('timeout');
    history.call('b', 'kv.get', key).ok(value === null ? null : entry(value, 1));
    history.call('b', 'kv.get', key).ok(value === null ? null : entry(value, 1));
    return judge(checker, history).valid;
  };
  expect([seen(one), seen(null), seen(two)]).toEqual([true, true, false]);
});

test('an update after a delete needs a revision above the last one', () => {
  const update = (revision: number) => {
    const history = writeHistory();
    history.call('a', 'kv.put', { ...key, value: one }).ok({ revision: 3 });
    history.call('a', 'kv.delete', key).ok(null);
    history.call('a', 'kv.update', { ...key, value: two, revision }).ok({ revision: 9 });
    return judge(checker, history).valid;
  };
  expect([update(3), update(4)]).toEqual([false, true]);
});

test('a call the profile lacks: false, with that call', () => {
  const history = writeHistory();
  const call = history.call('a', 'kv.create', { ...key, value: one });
  const end = call.fail('unsupported');
  expect(judge(checker, history)).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'unsupported', evidence: [call.index, end] }],
  });
});

test('cannot tell where no key had two calls that ended, or where keys expire', () => {
  const history = writeHistory();
  history.call('a', 'kv.open', { bucket: 'e', ttlMs: 1_000 }).ok(null);
  history.call('a', 'kv.create', { ...key, value: one }).ok({ revision: 1 });
  history.call('a', 'kv.create', { bucket: 'e', key: 'k', value: one }).ok({ revision: 1 });
  history.call('a', 'kv.create', { bucket: 'e', key: 'k', value: one }).ok({ revision: 2 });
  expect(judge(checker, history)).toMatchObject({ valid: 'unknown', vacuous: true });
});

test('cannot tell where the search needs more states than it may visit', () => {
  const history = writeHistory();
  const calls = Array.from({ length: 8 }, (_, n) => history.call(`s${n}`, 'kv.put', { ...key, value: utf8(`${n}`) }));
  for (const call of calls) call.ok({ revision: 1 });
  history.call('a', 'kv.get', key).ok(null);
  const verdict = checker.check(history.history(), { statesMax: 50 });
  expect(verdict).toMatchObject({
    valid: 'unknown',
    reason: "the search for an order of 'b k' stopped at 50 states",
  });
  expect(verdict).not.toHaveProperty('vacuous');
});
