import { expect, test } from 'vitest';
import { brand, utf8 } from '#core';
import type { KvEntry, KvWatch, Nanos, ReceiverId, SessionId } from '#core';
import { judge } from './judge-history.ts';
import { watchInitial } from './watch-initial.ts';
import { watchOptions } from './watch-options.ts';
import { watchOrder } from './watch-order.ts';
import { watchComplete, watchFilters, watchMarkers, watchUnchanged } from './watch-updates.ts';
import { writeHistory } from './write-history.ts';
import type { HistoryWriter } from './write-history.ts';

const bucket = 'b';

function put(history: HistoryWriter, key: string, value: string, revision: number) {
  const call = history.call('a', 'kv.put', { bucket, key, value: utf8(value) });
  return [call.index, call.ok({ revision })] as const;
}

function watch(history: HistoryWriter, options: Partial<KvWatch> = {}): number {
  const call = history.call('w', 'kv.watch', { watch: brand<ReceiverId>('w'), bucket, ...options });
  call.ok(null);
  return call.index;
}

function told(history: HistoryWriter, update: KvEntry | 'initial-done'): number {
  const id = brand<ReceiverId>('w');
  return history.push({ at: brand<Nanos>(0), session: brand<SessionId>('w'), kind: 'watch', watch: id, update });
}

function entry(key: string, value: string, revision: number | null, operation: KvEntry['operation'] = 'PUT'): KvEntry {
  return { key, value: utf8(value), revision, operation };
}

test('watch-initial: no-mark, marked-twice, missing', () => {
  const empty = writeHistory();
  const begun = watch(empty);
  empty.settled();
  expect(judge(watchInitial(), empty)).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'no-mark', message: 'w said 0 times that its initial values had ended', evidence: [begun] }],
  });

  const history = writeHistory();
  const written = put(history, 'k', 'v', 1);
  const watching = watch(history);
  const marks = [told(history, 'initial-done'), told(history, 'initial-done')];
  told(history, entry('k', 'v', 1));
  history.settled();
  expect(judge(watchInitial(), history)).toMatchObject({
    valid: false,
    anomalies: [
      { kind: 'marked-twice', evidence: [watching, ...marks] },
      { kind: 'missing', message: "w did not begin with the PUT of 'k'", evidence: [...written, watching] },
    ],
  });
});

test('watch-complete: missed', () => {
  const history = writeHistory();
  const watching = watch(history);
  put(history, 'k', 'one', 1);
  told(history, entry('k', 'one', 1));
  const missed = put(history, 'k', 'two', 2);
  history.settled();
  expect(judge(watchComplete(), history)).toMatchObject({
    valid: false,
    facts: { compared: 2 },
    anomalies: [{ kind: 'missed', message: "w did not tell of the PUT of 'k'", evidence: [watching, ...missed] }],
  });
});

test('watch-unchanged: missed where one value is told less often than it was put', () => {
  const history = writeHistory();
  const watching = watch(history);
  const puts = [put(history, 'k', 'same', 1), put(history, 'k', 'same', 2)];
  told(history, entry('k', 'same', 1));
  history.settled();
  expect(judge(watchUnchanged(), history)).toMatchObject({
    valid: false,
    anomalies: [{ message: "w told 1 of 2 puts of one value to 'k'", evidence: [watching, ...puts.flat()] }],
  });
});

test('watch-markers: missed deletes and expiries', () => {
  const history = writeHistory();
  history.call('a', 'kv.open', { bucket, markerTtlMs: 1_000 }).ok(null);
  const watching = watch(history);
  const removing = history.call('a', 'kv.delete', { bucket, key: 'k' });
  const removed = removing.ok(null);
  const creating = history.call('a', 'kv.create', { bucket, key: 'e', value: utf8('v'), ttlMs: 1_000 });
  const created = creating.ok({ revision: 2 });
  history.sleep(2_500);
  history.settled();
  expect(judge(watchMarkers(), history)).toMatchObject({
    valid: false,
    anomalies: [
      { message: "w did not tell of the DEL of 'k'", evidence: [watching, removing.index, removed] },
      { message: "w did not tell that 'e' had expired", evidence: [watching, creating.index, created] },
    ],
  });
});

test('watch-filters: missed and unexpected', () => {
  const history = writeHistory();
  const watching = watch(history, { filters: ['a.*.c'] });
  const missed = put(history, 'a.b.c', '1', 1);
  put(history, 'a.b.d', '1', 2);
  const stray = told(history, entry('a.b.d', '1', 2));
  history.settled();
  expect(judge(watchFilters(), history)).toMatchObject({
    valid: false,
    anomalies: [
      { kind: 'missed', evidence: [watching, ...missed] },
      { kind: 'unexpected', message: "w told of 'a.b.d', which its filters do not match", evidence: [watching, stray] },
    ],
  });
});

test.each([
  ['with revisions', 1, 2],
  ['without', null, null],
])('watch-order: reordered, %s', (_, first, second) => {
  const history = writeHistory();
  watch(history);
  const early = put(history, 'k', 'one', first ?? 1);
  const late = put(history, 'l', 'two', second ?? 2);
  const toldLate = told(history, entry('l', 'two', second));
  const toldEarly = told(history, entry('k', 'one', first));
  expect(judge(watchOrder(), history)).toMatchObject({
    valid: false,
    anomalies: [
      {
        kind: 'reordered',
        message: "w told of 'k' after 'l', which was written later",
        evidence: [toldLate, toldEarly, ...early, ...late],
      },
    ],
  });
});

test('watch-order: repeated', () => {
  const history = writeHistory();
  watch(history);
  put(history, 'k', 'one', 1);
  const second = put(history, 'l', 'two', 2);
  told(history, entry('k', 'one', 1));
  const once = told(history, entry('l', 'two', 2));
  const twice = told(history, entry('l', 'two', 2));
  const shared = told(history, entry('k', 'one', 2));
  expect(judge(watchOrder(), history)).toMatchObject({
    valid: false,
    anomalies: [
      { kind: 'repeated', message: "w told of 'l' twice at revision 2", evidence: [once, twice, ...second] },
      {
        kind: 'repeated',
        message: "w told of 'k' and of 'l' at one revision, 2",
        evidence: [once, shared, ...second],
      },
    ],
  });
});

test.each<[string, Partial<KvWatch>, KvEntry, string]>([
  ['a delete', { ignoreDeletes: true }, entry('k', '', 3, 'DEL'), 'delete-shown'],
  ['a value', { metaOnly: true }, entry('k', 'two', 2), 'value-shown'],
  ['what was before', { include: 'updates' }, entry('k', 'one', 1), 'stale'],
  ['an older revision', { resumeFromRevision: 2 }, entry('k', 'one', 1), 'stale'],
])('watch-options: %s, against its options', (_, options, update, kind) => {
  const history = writeHistory();
  history.call('a', 'kv.open', { bucket, history: 1 }).ok(null);
  put(history, 'k', 'one', 1);
  const watching = watch(history, options);
  const shown = told(history, update);
  history.settled();
  expect(judge(watchOptions(), history)).toMatchObject({
    valid: false,
    anomalies: [{ kind, evidence: [watching, shown] }],
  });
});

test('watch-options: missing where history leaves a kept value out', () => {
  const history = writeHistory();
  history.call('a', 'kv.open', { bucket, history: 2 }).ok(null);
  const first = put(history, 'k', 'one', 1);
  put(history, 'k', 'two', 2);
  const watching = watch(history, { include: 'history' });
  told(history, entry('k', 'two', 2));
  told(history, 'initial-done');
  history.settled();
  expect(judge(watchOptions(), history)).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'missing', evidence: [...first, watching] }],
  });
});
