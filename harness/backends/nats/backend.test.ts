import { describe, expect, test } from 'vitest';
import { base64, brand, bytesOf, utf8 } from '#core';
import type { MessageId, Notice, ReceiverId, SessionId, Subject, SubjectPattern } from '#core';
import { accountOf } from '../../../fixtures/nats-server-config.ts';
import { startNats } from '../../../fixtures/nats-server.ts';
import { natsTarget } from '../../targets/nats.ts';
import { available, env, natsForTests, options, rejection, signal } from './stand.testing.ts';

const scenario = 'test/backend';
const { access, play } = natsForTests(scenario);
const run = { scenario, profile: 'nats', seed: 'friendly' } as const;
const subject = (text: string): Subject => brand<Subject>(text);
const pattern = (text: string): SubjectPattern => brand<SubjectPattern>(text);
const receiver = (text: string): ReceiverId => brand<ReceiverId>(text);
const message = (text: string) => ({ id: brand<MessageId>(text), body: utf8(text) });
const text = (body: Parameters<typeof bytesOf>[0] | undefined): string =>
  Buffer.from(bytesOf(body ?? utf8(''))).toString();
const delivered = (notices: readonly Notice[]): readonly string[] =>
  notices.flatMap((notice) => (notice.kind === 'deliver' ? [text(notice.message.body)] : []));

describe.skipIf(!available)('core', () => {
  test('settle - brings every message to every subscription, in order', () =>
    play(async ({ open, settle, notices }) => {
      const publisher = await open('p');
      const subscriber = await open('s');
      await subscriber.subscribe({ subscription: receiver('one'), pattern: pattern('a.*') }, options);
      await subscriber.subscribe({ subscription: receiver('all'), pattern: pattern('>') }, options);
      const sent = Array.from({ length: 500 }, (_, index) => `m${index}`);
      for (const name of sent) await publisher.publish({ subject: subject('a.b'), ...message(name) }, options);
      expect(await settle()).toEqual({ complete: true });
      for (const id of ['one', 'all']) {
        const got = notices.flatMap((n) =>
          n.kind === 'deliver' && n.subscription === id ? [text(n.message.body)] : [],
        );
        expect(got).toEqual(sent);
      }
    }));

  test('a message arrives with its subject, bytes, headers and reply subject', () =>
    play(async ({ open, settle, notices }) => {
      const session = await open('s');
      await session.subscribe({ subscription: receiver('r'), pattern: pattern('a') }, options);
      const sent = {
        subject: subject('a'),
        body: base64(Uint8Array.from([0, 255, 13, 10, 128])),
        headers: [
          ['A', '1'],
          ['A', '2'],
          ['a', ''],
          ['B', 'é'],
        ] as const,
        reply: subject('x.*'),
      };
      await session.publish({ ...sent, id: brand<MessageId>('m') }, options);
      await settle();
      expect(notices).toEqual([{ kind: 'deliver', subscription: 'r', message: sent }]);
    }));

  test('echo - false keeps a session from hearing itself', () =>
    play(async ({ open, settle, notices }) => {
      const quiet = await open('quiet', { echo: false });
      await quiet.subscribe({ subscription: receiver('r'), pattern: pattern('a') }, options);
      await quiet.publish({ subject: subject('a'), ...message('own') }, options);
      await (await open('other')).publish({ subject: subject('a'), ...message('other') }, options);
      await settle();
      expect(delivered(notices)).toEqual(['other']);
    }));

  test('queue group - each message goes to one member; max ends a subscription', () =>
    play(async ({ open, settle, notices }) => {
      const publisher = await open('p');
      for (const id of ['a', 'b', 'c']) {
        const input = { subscription: receiver(id), pattern: pattern('w.>'), queue: 'g' };
        await (await open(id)).subscribe(input, options);
      }
      const once = { subscription: receiver('once'), pattern: pattern('w.>'), max: 1 };
      await (await open('d')).subscribe(once, options);
      for (let n = 0; n < 30; n += 1)
        await publisher.publish({ subject: subject('w.x'), ...message(`m${n}`) }, options);
      await settle();
      expect(delivered(notices).length).toBe(31);
      expect(new Set(delivered(notices)).size).toBe(30);
    }));

  test('handling - a message at a time; a crash loses what waits, a drain does not', () =>
    play(async ({ open, settle, notices }) => {
      const publisher = await open('p');
      const crashing = await open('crashing');
      const draining = await open('draining');
      const input = { pattern: pattern('a'), handling: { takesMs: 20 } };
      await crashing.subscribe({ ...input, subscription: receiver('crashing') }, options);
      await draining.subscribe({ ...input, subscription: receiver('draining') }, options);
      for (const name of ['1', '2', '3']) await publisher.publish({ subject: subject('a'), ...message(name) }, options);
      await publisher.flush({}, options);
      await crashing.flush({}, options);
      await crashing.crash({}, options);
      await draining.drain({}, options);
      await settle();
      const count = (id: string): number => notices.filter((n) => n.kind === 'deliver' && n.subscription === id).length;
      expect([count('crashing'), count('draining')]).toEqual([1, 3]);
    }));

  test('errors - each call says what happened', () =>
    play(async ({ open, settle }) => {
      const session = await open('s');
      const subscribe = (to: string) =>
        session.subscribe({ subscription: receiver(to), pattern: pattern(to) }, options);
      const publish = (to: string, body = utf8('')) =>
        session.publish({ subject: subject(to), id: brand<MessageId>('m'), body }, options);
      expect(await rejection(subscribe('a..b'))).toMatchObject({ name: 'DefiniteError', kind: 'invalid-subject' });
      expect(await rejection(subscribe('a b'))).toMatchObject({ name: 'DefiniteError', kind: 'invalid-subject' });
      expect(await rejection(publish('a b'))).toMatchObject({ name: 'DefiniteError', kind: 'invalid-subject' });
      expect(await rejection(publish('a..b'))).toBe('resolved');
      const big = base64(new Uint8Array(2 ** 20 + 1));
      expect(await rejection(publish('a', big))).toMatchObject({ name: 'DefiniteError', kind: 'too-large' });
      expect(await rejection(subscribe('a'.repeat(5_000)))).toMatchObject({
        name: 'IndefiniteError',
        kind: 'connection-lost',
      });
      expect(await rejection(publish('a'))).toMatchObject({ name: 'DefiniteError', kind: 'closed' });
      // The server is alive: what this session did not get is told.
      expect(await settle()).toEqual({ complete: true });
    }));
});

describe.skipIf(!available)('request', () => {
  const ask = { subject: subject('q'), ...message('body'), timeoutMs: 2_000 };

  test('each behaviour answers as it is told', () =>
    play(async ({ open, notices }) => {
      const requester = await open('requester');
      const behaviours = {
        echo: { kind: 'echo' },
        fail: { kind: 'fail', message: 'no' },
        delay: { kind: 'delay', ms: 10, jitterMs: 10 },
        count: { kind: 'count' },
        describe: { kind: 'describe' },
        fixed: { kind: 'fixed', body: utf8('fixed') },
        sized: { kind: 'sized', bytes: 3 },
      } as const;
      const answers: Record<string, unknown> = {};
      for (const [name, behaviour] of Object.entries(behaviours)) {
        const responder = await open(name);
        await responder.respond({ responder: receiver(name), pattern: pattern(name), behaviour }, options);
        const reply = await requester.request({ ...ask, subject: subject(name), headers: [['h', 'v']] }, options);
        answers[name] = reply.applicationError ?? text(reply.body);
      }
      const { describe: described, ...others } = answers;
      expect(others).toEqual({
        echo: 'body',
        fail: 'no',
        delay: 'body',
        count: '1',
        fixed: 'fixed',
        sized: '\0\0\0',
      });
      expect(JSON.parse(String(described))).toEqual({
        subject: 'describe',
        reply: expect.stringMatching(/^_INBOX\./),
        headers: [['h', 'v']],
      });
      expect(notices.filter(({ kind }) => kind === 'execute').length).toBe(7);
    }));

  test('request-many - collects the replies of several responders', () =>
    play(async ({ open }) => {
      for (const id of ['a', 'b']) {
        const input = {
          responder: receiver(id),
          pattern: pattern('q'),
          behaviour: { kind: 'several', replies: 2 },
        } as const;
        await (await open(id)).respond(input, options);
      }
      const replies = await (await open('r'))['request-many']({ ...ask, timeoutMs: 200, repliesMax: 4 }, options);
      expect(replies.map(({ body }) => text(body)).sort()).toEqual(['body:0', 'body:0', 'body:1', 'body:1']);
    }));

  test('errors - nobody, a silent responder, an oversize reply, a connection that goes', () =>
    play(async ({ open }) => {
      const session = await open('s');
      const nobody = { name: 'DefiniteError', kind: 'no-responders' };
      expect(await rejection(session.request(ask, options))).toMatchObject(nobody);
      expect(await rejection(session['request-many'](ask, options))).toMatchObject(nobody);
      const responder = await open('r');
      const respond = { responder: receiver('r'), pattern: pattern('q'), behaviour: { kind: 'silent' } } as const;
      await responder.respond(respond, options);
      const late = { name: 'IndefiniteError', kind: 'timeout' };
      expect(await rejection(session.request({ ...ask, timeoutMs: 30 }, options))).toMatchObject(late);
      const sized = {
        responder: receiver('big'),
        pattern: pattern('big'),
        behaviour: { kind: 'sized', bytes: 2 ** 20 + 1 },
      } as const;
      await responder.respond(sized, options);
      expect(
        await rejection(session.request({ ...ask, subject: subject('big'), timeoutMs: 30 }, options)),
      ).toMatchObject(late);
      const going = rejection(session.request(ask, options));
      await session.crash({}, options);
      expect(await going).toMatchObject({ name: 'IndefiniteError', kind: 'connection-lost' });
    }));
});

describe.skipIf(!available)('a server that dies', () => {
  test('fails what is under way, and nothing that did not come counts as absent', async () => {
    await using dying = await startNats({ accounts: [accountOf(scenario)], env, signal });
    await play(async ({ open, settle }) => {
      const session = await open('s');
      const input = { responder: receiver('r'), pattern: pattern('q'), behaviour: { kind: 'silent' } } as const;
      await session.respond(input, options);
      const asked = { subject: subject('q'), ...message('m'), timeoutMs: 30_000 };
      const outcome = rejection(session.request(asked, options));
      await dying[Symbol.asyncDispose]();
      expect(await outcome).toMatchObject({ name: 'IndefiniteError', kind: 'connection-lost' });
      expect(await rejection(session.flush({}, options))).toMatchObject({ name: 'DefiniteError', kind: 'closed' });
      expect(await settle()).toEqual({ complete: false });
    }, dying.access);
  });
});

describe.skipIf(!available)('a run that is over', () => {
  test('ends a call that is under way with the reason', async () => {
    await using stand = await natsTarget(access()).start({ run, signal });
    const stop = new AbortController();
    const session = await stand.backend.open(brand<SessionId>('s'), () => undefined, { signal: stop.signal });
    const input = { responder: receiver('r'), pattern: pattern('q'), behaviour: { kind: 'silent' } } as const;
    await session.respond(input, { signal: stop.signal });
    const asked = { subject: subject('q'), ...message('m'), timeoutMs: 30_000 };
    const outcome = rejection(session.request(asked, { signal: stop.signal }));
    const reason = new Error('enough');
    stop.abort(reason);
    expect(await outcome).toBe(reason);
  });
});

describe.skipIf(!available)("a server of the user's", () => {
  test('below a prefix nothing of the others is heard, and nothing is left', () =>
    play(async ({ open, settle, notices, stand }) => {
      const { servers, version } = access();
      const login = { user: 'test_2f_backend', pass: access().password ?? '' };
      const outside = await open('outside');
      await play(
        async (inner) => {
          const session = await inner.open('inside');
          await session.subscribe({ subscription: receiver('r'), pattern: pattern('>') }, options);
          await session.publish({ subject: subject('a'), ...message('in') }, options);
          await outside.publish({ subject: subject('a'), ...message('out') }, options);
          await outside.flush({}, options);
          await session['kv.open']({ bucket: 'b' }, options);
          await session['kv.put']({ bucket: 'b', key: 'k', value: utf8('v') }, options);
          expect(await inner.settle()).toEqual({ complete: true });
          expect(delivered(inner.notices)).toEqual(['in']);
          expect(inner.notices[0]).toMatchObject({ message: { subject: 'a' } });
          expect(inner.stand.backend.profile['subject-limits'].level).toBe('none');
        },
        { servers, version, from: 'url', login },
      );
      await settle();
      expect(delivered(notices)).toEqual([]);
      expect(stand.backend.profile['subject-limits'].level).toBe('full');
      const gone = outside['kv.get']({ bucket: 'b', key: 'k' }, options);
      expect(await rejection(gone)).toMatchObject({ kind: 'no-responders' });
    }));
});
