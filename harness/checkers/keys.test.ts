import { describe, expect, test } from 'vitest';
import { utf8 } from '#core';
import type { KvEntry } from '#core';
import { bucketRevisions } from './bucket-revisions.ts';
import { createAfterExpiry, expiryWindow } from './expiry.ts';
import { judge } from './judge-history.ts';
import { keyDedup } from './key-dedup.ts';
import { keyGrammar } from './key-grammar.ts';
import { deleteMarker, historyDepth, purgeMarker } from './key-history.ts';
import { concurrentWriters, missingKey, readYourWrites, valuesIntact } from './key-reads.ts';
import { keysListing } from './keys-listing.ts';
import { writeHistory } from './write-history.ts';
import type { HistoryWriter } from './write-history.ts';

const bucket = 'b';

function put(history: HistoryWriter, key: string, value: string, revision: number, session = 'a') {
  const call = history.call(session, 'kv.put', { bucket, key, value: utf8(value) });
  return [call.index, call.ok({ revision })] as const;
}

function get(history: HistoryWriter, key: string, value: string | null, session = 'a') {
  const call = history.call(session, 'kv.get', { bucket, key });
  return [call.index, call.ok(value === null ? null : entry(key, value, 1))] as const;
}

function entry(key: string, value: string, revision: number, operation: KvEntry['operation'] = 'PUT'): KvEntry {
  return { key, value: utf8(value), revision, operation };
}

describe('reads', () => {
  test('values-intact: altered, lost', () => {
    const history = writeHistory();
    const written = put(history, 'k', 'one', 1);
    const altered = get(history, 'k', 'on');
    const lost = get(history, 'k', null);
    get(history, 'k', 'one');
    expect(judge(valuesIntact(), history)).toMatchObject({
      valid: false,
      facts: { compared: 3 },
      anomalies: [
        { kind: 'altered', evidence: [...written, ...altered] },
        { kind: 'lost', evidence: [...written, ...lost] },
      ],
    });
  });

  test('values-intact: cannot tell while a write is under way', () => {
    const history = writeHistory();
    const open = history.call('a', 'kv.put', { bucket, key: 'k', value: utf8('one') });
    get(history, 'k', 'other', 'b');
    open.ok({ revision: 1 });
    expect(judge(valuesIntact(), history)).toMatchObject({ valid: 'unknown', vacuous: true });
  });

  test('missing-key: invented as a value or an error', () => {
    const history = writeHistory();
    const value = get(history, 'k', '');
    const call = history.call('a', 'kv.get', { bucket, key: 'l' });
    const error = call.fail('not-found');
    expect(judge(missingKey(), history)).toMatchObject({
      valid: false,
      anomalies: [
        { kind: 'invented', message: "'k', which nobody wrote, reads as a value", evidence: value },
        { kind: 'invented', message: "'l', which nobody wrote, reads as not-found", evidence: [call.index, error] },
      ],
    });
  });

  test('read-your-writes: stale of the own write, not of another session', () => {
    const history = writeHistory();
    put(history, 'k', 'one', 1);
    const second = put(history, 'k', 'two', 2);
    const stale = get(history, 'k', 'one');
    get(history, 'k', 'one', 'b');
    expect(judge(readYourWrites(), history)).toMatchObject({
      valid: false,
      facts: { compared: 1 },
      anomalies: [{ kind: 'stale', message: "a wrote 'k' and read an older value", evidence: [...second, ...stale] }],
    });
  });

  test('concurrent-writers: failed, also where it passes by itself', () => {
    const history = writeHistory();
    const first = history.call('a', 'kv.put', { bucket, key: 'k', value: utf8('one') });
    const second = history.call('b', 'kv.put', { bucket, key: 'k', value: utf8('two') });
    first.ok({ revision: 1 });
    const end = second.fail('conflict');
    expect(judge(concurrentWriters(), history)).toMatchObject({
      valid: false,
      anomalies: [{ kind: 'failed', message: "put of 'k' by b failed: conflict", evidence: [second.index, end] }],
    });
  });
});

test('bucket-revisions: unnumbered, reused, decreasing', () => {
  const history = writeHistory();
  const first = put(history, 'k', 'one', 5);
  const same = put(history, 'l', 'two', 5);
  const lower = put(history, 'k', 'three', 4);
  const call = history.call('a', 'kv.put', { bucket, key: 'l', value: utf8('four') });
  const none = [call.index, call.ok({ revision: null })];
  expect(judge(bucketRevisions(), history)).toMatchObject({
    valid: false,
    anomalies: [
      { kind: 'unnumbered', evidence: none },
      { kind: 'reused', message: "'k' and 'l' were both given revision 5", evidence: [...first, ...same] },
      {
        kind: 'decreasing',
        message: "'k' was given revision 4 after 'k' had 5",
        evidence: [...first, ...lower],
      },
    ],
  });
});

test('bucket-revisions: writes that overlap may be numbered either way', () => {
  const history = writeHistory();
  const first = history.call('a', 'kv.put', { bucket, key: 'k', value: utf8('one') });
  const second = history.call('b', 'kv.put', { bucket, key: 'l', value: utf8('two') });
  first.ok({ revision: 2 });
  second.ok({ revision: 1 });
  expect(judge(bucketRevisions(), history).valid).toBe(true);
});

describe('history of a key', () => {
  function asked(act: (history: HistoryWriter) => void, entries: readonly KvEntry[]) {
    const history = writeHistory();
    history.call('a', 'kv.open', { bucket, history: 2 }).ok(null);
    for (const n of [1, 2, 3]) put(history, 'k', `${n}`, n);
    act(history);
    const call = history.call('a', 'kv.history', { bucket, key: 'k' });
    return { history, evidence: [call.index, call.ok(entries)] };
  }
  const values = [1, 2, 3].map((n) => entry('k', `${n}`, n));

  test('history-depth: as many as are kept, the last ones', () => {
    expect(judge(historyDepth(), asked(() => undefined, values.slice(1)).history).valid).toBe(true);
    const { history, evidence } = asked(() => undefined, values);
    expect(judge(historyDepth(), history)).toMatchObject({
      valid: false,
      anomalies: [{ message: "the history of 'k' holds 3 values, expected the last 2", evidence: [6, 7, ...evidence] }],
    });
  });

  test('delete-marker and purge-marker', () => {
    const remove = (history: HistoryWriter) => void history.call('a', 'kv.delete', { bucket, key: 'k' }).ok(null);
    const purge = (history: HistoryWriter) => void history.call('a', 'kv.purge', { bucket, key: 'k' }).ok(null);
    expect(judge(deleteMarker(), asked(remove, [entry('k', '', 4, 'DEL')]).history).valid).toBe(true);
    expect(judge(deleteMarker(), asked(remove, values).history)).toMatchObject({
      valid: false,
      anomalies: [{ kind: 'wrong-history', message: "the history of 'k' has no marker of its delete" }],
    });
    expect(judge(purgeMarker(), asked(purge, [entry('k', '', 4, 'PURGE')]).history).valid).toBe(true);
    expect(judge(purgeMarker(), asked(purge, []).history)).toMatchObject({
      valid: false,
      anomalies: [{ message: "the history of 'k' holds nothing after its purge" }],
    });
    expect(judge(purgeMarker(), asked(remove, []).history)).toMatchObject({ valid: 'unknown', vacuous: true });
  });
});

test('keys-listing: missing, deleted and past the filter', () => {
  const history = writeHistory();
  const kept = put(history, 'x.kept', '1', 1);
  put(history, 'x.gone', '1', 2);
  const removing = history.call('a', 'kv.delete', { bucket, key: 'x.gone' });
  const removed = [removing.index, removing.ok(null)];
  const other = put(history, 'y', '1', 4);
  const call = history.call('a', 'kv.keys', { bucket, filters: ['x.*'] });
  const listed = [call.index, call.ok(['x.gone', 'y'])];
  expect(judge(keysListing(), history)).toMatchObject({
    valid: false,
    anomalies: [
      { kind: 'missing', message: "'x.kept' is not listed", evidence: [...kept, ...listed] },
      { kind: 'unexpected', message: "'x.gone' is listed, though it was deleted", evidence: [...removed, ...listed] },
      {
        kind: 'unexpected',
        message: "'y' is listed, though its filters do not match it",
        evidence: [...other, ...listed],
      },
    ],
  });
});

describe('expiry', () => {
  function read(afterMs: readonly [early: number, late: number], values: readonly [string | null, string | null]) {
    const history = writeHistory();
    history.call('a', 'kv.open', { bucket, ttlMs: 2_000 }).ok(null);
    const written = put(history, 'k', 'v', 1);
    history.sleep(afterMs[0]);
    const first = get(history, 'k', values[0]);
    history.sleep(afterMs[1] - afterMs[0]);
    const second = get(history, 'k', values[1]);
    return { verdict: judge(expiryWindow(), history), written, first, second };
  }

  test('there while it lives, gone when it is due', () => {
    expect(read([1_999, 3_001], ['v', null]).verdict.valid).toBe(true);
  });

  test('lost too early, overdue too late, and nothing in between', () => {
    const { verdict, written, first, second } = read([1_000, 3_001], [null, 'v']);
    expect(verdict).toMatchObject({
      valid: false,
      anomalies: [
        { kind: 'lost', evidence: [...written, ...first] },
        {
          kind: 'overdue',
          message: "'k' with 2000 ms to live was still there 3001 ms after its write",
          evidence: [...written, ...second],
        },
      ],
    });
    expect(read([2_000, 3_000], [null, 'v']).verdict).toMatchObject({ valid: 'unknown', vacuous: true });
  });

  test('create-after-expiry: blocked', () => {
    const history = writeHistory();
    history.call('a', 'kv.open', { bucket, ttlMs: 1_000 }).ok(null);
    const written = put(history, 'k', 'v', 1);
    history.sleep(2_500);
    const call = history.call('a', 'kv.create', { bucket, key: 'k', value: utf8('w') });
    const end = call.fail('wrong-revision');
    expect(judge(createAfterExpiry(), history)).toMatchObject({
      valid: false,
      anomalies: [{ kind: 'blocked', evidence: [...written, call.index, end] }],
    });
  });
});

test('key-grammar: refused and taken', () => {
  const history = writeHistory();
  const valid = history.call('a', 'kv.put', { bucket, key: 'a.b', value: utf8('') });
  const refused = valid.fail('invalid-key');
  const taken = put(history, '.a', '', 1);
  expect(judge(keyGrammar(), history)).toMatchObject({
    valid: false,
    anomalies: [
      { kind: 'refused', message: "key 'a.b' was refused: invalid-key", evidence: [valid.index, refused] },
      { kind: 'taken', message: "key '.a' was taken", evidence: taken },
    ],
  });
});

test('key-dedup: duplicated where the second was written, lost where the first was not', () => {
  const history = writeHistory();
  const headers = [['Nats-Msg-Id', '1']] as const;
  const first = history.publish('p/0', '$KV.b.k', { headers });
  const second = history.publish('p/1', '$KV.b.l', { headers });
  const lost = get(history, 'k', null);
  const duplicated = get(history, 'l', 'p/1');
  expect(judge(keyDedup(), history)).toMatchObject({
    valid: false,
    anomalies: [
      { kind: 'lost', evidence: [first, first, ...lost] },
      { kind: 'duplicated', evidence: [first, second, ...duplicated] },
    ],
  });
});
