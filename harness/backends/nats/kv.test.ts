import { describe, expect, test } from 'vitest';
import { base64, brand, utf8 } from '#core';
import type { Base64, KvEntry, KvWatch, ReceiverId, Session, Settled } from '#core';
import { available, natsForTests, options, rejection } from './stand.testing.ts';

const nats = natsForTests('test/kv');
const bucket = 'b';

interface Played {
  readonly session: Session;
  readonly put: (key: string, value: string) => Promise<number | null>;
  readonly watch: (settings?: Partial<KvWatch>) => Promise<ReceiverId>;
  readonly settle: () => Promise<Settled>;
  readonly seen: (watch: ReceiverId) => readonly (string | KvEntry)[];
}

function play(
  limits: { history?: number; ttlMs?: number; markerTtlMs?: number },
  act: (played: Played) => Promise<void>,
): Promise<void> {
  return nats.play(async ({ open, notices, settle }) => {
    const session = await open('s');
    await session['kv.open']({ bucket, ...limits }, options);
    let watches = 0;
    await act({
      session,
      settle,
      put: async (key, value) => (await session['kv.put']({ bucket, key, value: utf8(value) }, options)).revision,
      async watch(settings = {}) {
        watches += 1;
        const watch = brand<ReceiverId>(`w${watches}`);
        await session['kv.watch']({ watch, bucket, ...settings }, options);
        return watch;
      },
      seen: (watch) => notices.flatMap((n) => (n.kind === 'watch' && n.watch === watch ? [n.update] : [])),
    });
  });
}

const entry = (
  key: string,
  value: string | Base64,
  revision: number,
  operation: KvEntry['operation'] = 'PUT',
): KvEntry => ({
  key,
  value: utf8(value),
  revision,
  operation,
});

describe.skipIf(!available)('kv', () => {
  test('put, get, create, update, delete, purge, history and keys', () =>
    play({ history: 5 }, async ({ session, put }) => {
      const on = { bucket, key: 'a' };
      const wrong = { name: 'DefiniteError', kind: 'wrong-revision' };
      expect(await session['kv.get'](on, options)).toBeNull();
      expect(await session['kv.create']({ ...on, value: utf8('1') }, options)).toEqual({ revision: 1 });
      expect(await rejection(session['kv.create']({ ...on, value: utf8('x') }, options))).toMatchObject(wrong);
      expect(await session['kv.update']({ ...on, value: utf8('2'), revision: 1 }, options)).toEqual({ revision: 2 });
      for (const revision of [0, 1, 99]) {
        expect(await rejection(session['kv.update']({ ...on, value: utf8('x'), revision }, options))).toMatchObject(
          wrong,
        );
      }
      expect(await session['kv.get'](on, options)).toEqual(entry('a', '2', 2));
      expect(await put('b', '')).toBe(3);
      expect(await rejection(session['kv.delete']({ ...on, revision: 1 }, options))).toMatchObject(wrong);
      await session['kv.delete']({ ...on, revision: 2 }, options);
      expect(await session['kv.get'](on, options)).toBeNull();
      expect(await session['kv.history'](on, options)).toEqual([
        entry('a', '1', 1),
        entry('a', '2', 2),
        entry('a', '', 4, 'DEL'),
      ]);
      expect(await session['kv.keys']({ bucket }, options)).toEqual(['b']);
      expect(await session['kv.create']({ ...on, value: utf8('3') }, options)).toEqual({ revision: 5 });
      expect(await session['kv.keys']({ bucket, filters: ['a', 'c.>'] }, options)).toEqual(['a']);
      await session['kv.purge'](on, options);
      expect(await session['kv.history'](on, options)).toEqual([entry('a', '', 6, 'PURGE')]);
    }));

  test('a run begins without the buckets of the one before', async () => {
    await play({}, async ({ put }) => void (await put('a', '1')));
    await play({}, async ({ session }) => expect(await session['kv.keys']({ bucket }, options)).toEqual([]));
  });

  test('watch - initial values, their end, then every update in order', () =>
    play({ history: 3 }, async ({ session, put, watch, settle, seen }) => {
      const empty = await watch();
      await put('a.x', '1');
      await put('a.x', '2');
      await put('b', '3');
      const latest = await watch();
      const history = await watch({ include: 'history', filters: ['a.*'] });
      const updates = await watch({ include: 'updates' });
      const live = await watch({ include: 'updates', ignoreDeletes: true });
      const resumed = await watch({ resumeFromRevision: 3, metaOnly: true });
      const stopped = await watch();
      await session['kv.unwatch']({ watch: stopped }, options);
      await session['kv.delete']({ bucket, key: 'b' }, options);
      await put('a.x', '5');
      expect(await settle()).toEqual({ complete: true });
      const [x1, x2, b3, del4, x5] = [
        entry('a.x', '1', 1),
        entry('a.x', '2', 2),
        entry('b', '3', 3),
        entry('b', '', 4, 'DEL'),
        entry('a.x', '5', 5),
      ];
      expect(seen(empty)).toEqual(['initial-done', x1, x2, b3, del4, x5]);
      expect(seen(latest)).toEqual([x2, b3, 'initial-done', del4, x5]);
      expect(seen(history)).toEqual([x1, x2, 'initial-done', x5]);
      expect(seen(updates)).toEqual([del4, x5]);
      expect(seen(live)).toEqual([x5]);
      const bare = (e: KvEntry): KvEntry => ({ ...e, value: base64(new Uint8Array()) });
      expect(seen(resumed)).toEqual([bare(b3), 'initial-done', del4, bare(x5)]);
      expect([x2, b3, 'initial-done']).toEqual(expect.arrayContaining([...seen(stopped)]));
    }));

  test('settle - a watch has every one of many updates', () =>
    play({}, async ({ put, watch, settle, seen }) => {
      const all = await watch();
      for (let n = 0; n < 300; n += 1) await put(`k${n % 7}`, String(n));
      expect(await settle()).toEqual({ complete: true });
      expect(seen(all).length).toBe(301);
    }));

  test('errors - names, a bucket that is not there, values that are too large, times to live', () =>
    play({}, async ({ session }) => {
      const put = (key: string, in_ = bucket, value = utf8('')) =>
        rejection(session['kv.put']({ bucket: in_, key, value }, options));
      expect(await put('a b')).toMatchObject({ kind: 'invalid-key' });
      expect(await put('.a')).toMatchObject({ kind: 'invalid-key' });
      // The client lets it pass, the server drops the subject, and nobody answers.
      expect(await put('a..b')).toMatchObject({ kind: 'no-responders' });
      expect(await put('a', 'a b')).toMatchObject({ kind: 'invalid-bucket' });
      expect(await put('a', 'none')).toMatchObject({ kind: 'no-responders' });
      expect(await rejection(session['kv.get']({ bucket: 'none', key: 'a' }, options))).toMatchObject({
        kind: 'no-responders',
      });
      expect(await put('a', bucket, base64(new Uint8Array(2 ** 20 + 1)))).toMatchObject({ kind: 'too-large' });
      const short = session['kv.create']({ bucket, key: 't', value: utf8(''), ttlMs: 2_000 }, options);
      expect(await rejection(short)).toMatchObject({ name: 'DefiniteError', kind: 'refused' });
    }));

  test('time to live - of a key, with a marker that the watch sees', () =>
    play({ markerTtlMs: 1_000 }, async ({ session, watch, seen }) => {
      const all = await watch();
      await session['kv.create']({ bucket, key: 't', value: utf8('v'), ttlMs: 1_000 }, options);
      await expect.poll(() => seen(all).length, { timeout: 5_000 }).toBe(3);
      expect(seen(all)).toEqual(['initial-done', entry('t', 'v', 1), entry('t', '', 2, 'PURGE')]);
      expect(await session['kv.get']({ bucket, key: 't' }, options)).toBeNull();
    }));
});
