import { describe, expect, test } from 'vitest';
import { bytesOf, range, utf8 } from '#core';
import type { Choice, History, KvEntry, Stage } from '#core';
import { eventsOf, playExact, schedules } from './play.testing.ts';

const bucket = 'agents';

/** What a watch was told, in order. */
function told(history: History, receiver: string): readonly (KvEntry | 'initial-done')[] {
  return eventsOf(history, 'watch')
    .filter(({ watch }) => watch === receiver)
    .map(({ update }) => update);
}

/** `key=value` of values, `key!DEL` of markers. */
function short(update: KvEntry | 'initial-done'): string {
  if (update === 'initial-done') return update;
  const { key, operation, value } = update;
  return operation === 'PUT' ? `${key}=${Buffer.from(bytesOf(value)).toString('utf8')}` : `${key}!${operation}`;
}

describe.each(schedules)('exact key-value, schedule $seed', ({ seed }) => {
  test('watch - tells every write of every key once, in the order of revisions, equal ones too', async () => {
    const watches: string[] = [];
    const history = await playExact(seed, async ({ open, settle }) => {
      const writers = await Promise.all(range(3).map((i) => open(`writer-${i}`)));
      for (const writer of writers) await writer['kv.open']({ bucket });
      watches.push(await (await open('early')).watch({ bucket }));
      const late = open('late');
      await Promise.all([
        ...writers.map(async (writer, i) => {
          for (const n of range(5)) await writer['kv.put']({ bucket, key: `k.${(i + n) % 3}`, value: utf8('same') });
        }),
        late.then(async (session) => watches.push(await session.watch({ bucket }))),
      ]);
      await settle();
    });
    const [early = '', late = ''] = watches;
    const [done, ...updates] = told(history, early);
    expect(done).toBe('initial-done');
    expect(updates.map((update) => (update === 'initial-done' ? update : update.revision))).toEqual(
      range(15).map((i) => i + 1),
    );
    const initial = told(history, late).indexOf('initial-done');
    const revisions = told(history, late).flatMap((update) =>
      update === 'initial-done' ? [] : [update.revision ?? 0],
    );
    expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
    const from = initial === 0 ? 0 : (revisions[initial - 1] ?? 0);
    expect(revisions.slice(initial)).toEqual(range(15 - from).map((i) => from + i + 1));
  });

  test('watch - filters, options, and where it begins', async () => {
    const watches = new Map<string, string>();
    const history = await playExact(seed, async ({ open, settle }) => {
      const writer = await open('writer');
      await writer['kv.open']({ bucket, history: 3 });
      for (const value of ['1', '2', '3', '4']) await writer['kv.put']({ bucket, key: 'a.x', value: utf8(value) });
      await writer['kv.put']({ bucket, key: 'b.x', value: utf8('1') });
      await writer['kv.delete']({ bucket, key: 'b.x' });
      const watcher = await open('watcher');
      const start = async (name: string, options: object): Promise<void> => {
        watches.set(name, await watcher.watch({ bucket, ...options }));
      };
      await start('latest', {});
      await start('history', { include: 'history', filters: ['a.*'] });
      await start('updates', { include: 'updates' });
      await start('values', { ignoreDeletes: true, metaOnly: true });
      await start('resumed', { resumeFromRevision: 4 });
      await writer['kv.put']({ bucket, key: 'b.x', value: utf8('2') });
      await settle();
      await watcher.unwatch({ watch: watches.get('latest') as never });
      await writer['kv.put']({ bucket, key: 'a.x', value: utf8('5') });
      await settle();
    });
    const all = Object.fromEntries([...watches].map(([name, watch]) => [name, told(history, watch).map(short)]));
    expect(all).toEqual({
      latest: ['a.x=4', 'b.x!DEL', 'initial-done', 'b.x=2'],
      history: ['a.x=2', 'a.x=3', 'a.x=4', 'initial-done', 'a.x=5'],
      updates: ['b.x=2', 'a.x=5'],
      values: ['a.x=', 'initial-done', 'b.x=', 'a.x='],
      resumed: ['a.x=4', 'b.x=1', 'b.x!DEL', 'initial-done', 'b.x=2', 'a.x=5'],
    });
  });

  test('history, purge, delete, create again, keys', async () => {
    const seen: unknown[] = [];
    const history = await playExact(seed, async ({ open }) => {
      const session = await open('session');
      await session['kv.open']({ bucket, history: 3 });
      for (const value of ['1', '2', '3', '4']) await session['kv.put']({ bucket, key: 'a', value: utf8(value) });
      seen.push((await session['kv.history']({ bucket, key: 'a' }))?.map(short));
      await session['kv.create']({ bucket, key: 'a', value: utf8('no') });
      await session['kv.delete']({ bucket, key: 'a', revision: 3 });
      await session['kv.delete']({ bucket, key: 'a' });
      seen.push(await session['kv.get']({ bucket, key: 'a' }));
      seen.push(await session['kv.create']({ bucket, key: 'a', value: utf8('5') }));
      await session['kv.put']({ bucket, key: 'b', value: utf8('') });
      await session['kv.purge']({ bucket, key: 'a' });
      seen.push((await session['kv.history']({ bucket, key: 'a' }))?.map(short));
      seen.push(await session['kv.keys']({ bucket }), await session['kv.get']({ bucket, key: 'b' }));
      await session['kv.update']({ bucket, key: 'b', value: utf8('x'), revision: 7 });
      seen.push(await session['kv.get']({ bucket, key: 'b' }));
    });
    expect(seen).toEqual([
      ['a=2', 'a=3', 'a=4'],
      null,
      { revision: 6 },
      ['a!PURGE'],
      ['b'],
      { key: 'b', value: '', revision: 7, operation: 'PUT' },
      { key: 'b', value: utf8('x'), revision: 9, operation: 'PUT' },
    ]);
    expect(eventsOf(history, 'fail').map(({ error }) => error)).toEqual(['wrong-revision', 'wrong-revision']);
  });

  test('expiry - of a bucket and of a key, told to watchers where the bucket marks it', async () => {
    const seen: unknown[] = [];
    let watch = '';
    const history = await playExact(seed, async ({ open, settle, sleep }) => {
      const session = await open('session');
      await session['kv.open']({ bucket: 'short', ttlMs: 60_000 });
      await session['kv.put']({ bucket: 'short', key: 'k', value: utf8('v') });
      await sleep(30_000);
      seen.push((await session['kv.get']({ bucket: 'short', key: 'k' }))?.value);
      await sleep(60_000);
      seen.push(await session['kv.get']({ bucket: 'short', key: 'k' }), await session['kv.keys']({ bucket: 'short' }));
      seen.push(await session['kv.create']({ bucket: 'short', key: 'k', value: utf8('again') }));

      await session['kv.open']({ bucket: 'marked', markerTtlMs: 3_600_000 });
      watch = await (await open('watcher')).watch({ bucket: 'marked' });
      await session['kv.create']({ bucket: 'marked', key: 'k', value: utf8('v'), ttlMs: 60_000 });
      await settle();
    });
    expect(seen).toEqual([utf8('v'), null, [], { revision: 2 }]);
    expect(told(history, watch).map(short)).toEqual(['initial-done', 'k=v', 'k!PURGE']);
  });
});

test('watch - told of what was written while its lease had ended', async () => {
  const pauses: readonly Choice[] = [
    { point: 'PROC-pause', key: 'other/TransactWriteItems#0', option: 6 },
    { point: 'PROC-pause', key: 'watcher/Query#1', option: 9 },
  ];
  const act = async ({ open, settle, sleep }: Stage<null>): Promise<void> => {
    const [watcher, writer, other] = [await open('watcher'), await open('writer'), await open('other')];
    await writer['kv.open']({ bucket, markerTtlMs: 10_000 });
    await watcher.watch({ bucket });
    await settle();
    await other['kv.delete']({ bucket, key: 'k' });
    await writer['kv.put']({ bucket, key: 'p', value: utf8('value') });
    await other['kv.purge']({ bucket, key: 'p' });
    await writer['kv.create']({ bucket, key: 'expires', value: utf8('value'), ttlMs: 1_000 });
    await sleep(2_500);
    await settle();
  };
  const history = await playExact(0, act, pauses);
  expect(history.header.choices).toEqual(expect.arrayContaining([...pauses]));
  const [watch = ''] = new Set(eventsOf(history, 'watch').map((event) => event.watch));
  expect(told(history, watch).map(short)).toEqual([
    'initial-done',
    'k!DEL',
    'p=value',
    'p!PURGE',
    'expires=value',
    'expires!PURGE',
  ]);
});
