import { describe, expect, test } from 'vitest';
import { base64, patternOf, range, subjectOf, utf8 } from '#core';
import type { Header, History } from '#core';
import { eventsOf, playExact, schedules } from './play.testing.ts';

/** Message ids as a receiver got them. */
function delivered(history: History, receiver: string): readonly (string | null)[] {
  return eventsOf(history, 'deliver')
    .filter(({ subscription }) => subscription === receiver)
    .map(({ message }) => message.id);
}

const ids = (session: string, count: number, from = 0): readonly string[] =>
  range(count).map((i) => `${session}/${from + i}`);
const longMs = 120_000;

describe.each(schedules)('exact, schedule $seed', ({ seed }) => {
  test('requests - each gets its own reply, and one responder of the group executes it once', async () => {
    const asked = new Map<string, unknown>();
    const history = await playExact(seed, async ({ open, subject, settle }) => {
      const status = subject('agent', 'status');
      for (const i of range(2))
        await (
          await open(`responder-${i}`)
        ).respond({ pattern: status, queue: 'g', behaviour: { kind: 'delay', ms: 10, jitterMs: 200 } });
      const requesters = await Promise.all(range(3).map((i) => open(`requester-${i}`)));
      await Promise.all(
        requesters.flatMap((requester) =>
          range(5).map(async (i) => {
            const body = utf8(`${requester.id} asks ${i}`);
            asked.set(body, (await requester.request({ subject: status, body, timeoutMs: longMs }))?.body);
          }),
        ),
      );
      await settle();
    });
    for (const [body, reply] of asked) expect(reply).toBe(body);
    const executed = eventsOf(history, 'execute').map(({ message }) => message.body);
    expect(executed).toHaveLength(asked.size);
    expect(new Set<string>(executed)).toEqual(new Set(asked.keys()));
  });

  test('requests - nobody there, nobody answers, an error, many answers', async () => {
    const history = await playExact(seed, async ({ open, subject }) => {
      const root = subject('agent', 'ask');
      const requester = await open('requester');
      const responder = await open('responder');
      const other = await open('other');
      await requester.request({ subject: root, timeoutMs: longMs });
      await responder.respond({ pattern: patternOf(`${root}.silent`), behaviour: { kind: 'silent' } });
      await responder.respond({ pattern: patternOf(`${root}.fail`), behaviour: { kind: 'fail', message: 'boom' } });
      await responder.respond({ pattern: patternOf(`${root}.many`), behaviour: { kind: 'several', replies: 2 } });
      await other.respond({ pattern: patternOf(`${root}.*`), behaviour: { kind: 'silent' } });
      await requester.request({ subject: subjectOf(`${root}.silent`), timeoutMs: 300 });
      await requester.request({ subject: subjectOf(`${root}.fail`), timeoutMs: longMs });
      await requester.requestMany({ subject: subjectOf(`${root}.many`), body: utf8('m'), timeoutMs: longMs });
    });
    expect(eventsOf(history, 'fail').map(({ error }) => error)).toEqual(['no-responders']);
    expect(eventsOf(history, 'info').map(({ error }) => error)).toEqual(['timeout']);
    const [silent] = eventsOf(history, 'info');
    const asked = eventsOf(history, 'invoke').find(({ op }) => op === silent?.op);
    expect(((silent?.at ?? 0) - (asked?.at ?? 0)) / 1e6).toBeCloseTo(300, 3);
    const [fail, many] = eventsOf(history, 'ok')
      .filter(({ session, output }) => session === 'requester' && output !== null)
      .map(({ output }) => output);
    expect(fail).toMatchObject({ applicationError: 'boom' });
    expect(many).toMatchObject([{ body: utf8('m:0') }, { body: utf8('m:1') }]);
  });

  test('subscriptions - headers, reply, bytes and the whole subject arrive', async () => {
    const headers: readonly Header[] = [
      ['A', '1'],
      ['a', ''],
      ['A', 'ü\u0001'],
    ];
    const body = base64(Uint8Array.from(range(256)));
    const history = await playExact(seed, async ({ open, subject, settle }) => {
      const root = subject('agent', 'x');
      await (await open('subscriber')).subscribe({ pattern: patternOf(`${root}.>`) });
      await (
        await open('publisher')
      ).publish({ subject: subjectOf(`${root}.a.é.c.d.e`), headers, body, reply: subjectOf('some.where') });
      await settle();
    });
    const [message] = eventsOf(history, 'deliver').map((event) => event.message);
    expect(message).toMatchObject({ headers, body, reply: 'some.where' });
    expect(message?.subject.endsWith('.a.é.c.d.e')).toBe(true);
  });

  test('subscriptions - begin, end, and what comes before, between and after', async () => {
    let late = '';
    let two = '';
    let gone = '';
    let own = '';
    const history = await playExact(seed, async ({ open, subject, settle }) => {
      const events = subject('agent', 'events');
      const publisher = await open('publisher', { echo: false });
      const subscriber = await open('subscriber');
      own = await publisher.subscribe({ pattern: events });
      two = await subscriber.subscribe({ pattern: events, max: 2 });
      gone = await subscriber.subscribe({ pattern: patternOf('agent.>') });
      for (const _ of range(3)) await publisher.publish({ subject: events });
      await settle();
      await subscriber.unsubscribe({ subscription: brandOf(gone) });
      late = await subscriber.subscribe({ pattern: events });
      for (const _ of range(3)) await publisher.publish({ subject: events });
      await settle();
    });
    expect(delivered(history, own)).toEqual([]);
    expect(delivered(history, two)).toEqual(ids('publisher', 2));
    expect(delivered(history, gone)).toEqual(ids('publisher', 3));
    expect(delivered(history, late)).toEqual(ids('publisher', 3, 3));
  });

  test('groups - one group over several filters, each member its own filter, in order', async () => {
    const members = new Map<string, string>();
    const history = await playExact(seed, async ({ open, subject, settle }) => {
      const root = subject('work', 'w');
      for (const tail of ['a', '*', '>']) {
        members.set(
          tail,
          await (await open(`member-${tail}`)).subscribe({ pattern: patternOf(`${root}.${tail}`), queue: 'g' }),
        );
      }
      const publisher = await open('publisher');
      for (const i of range(12)) await publisher.publish({ subject: subjectOf(`${root}.${i % 2 === 0 ? 'a' : 'b'}`) });
      await settle();
    });
    const all = eventsOf(history, 'deliver').map(({ message }) => message.id);
    expect(all).toHaveLength(12);
    expect(new Set(all)).toEqual(new Set(ids('publisher', 12)));
    for (const { subscription, message } of eventsOf(history, 'deliver')) {
      if (subscription === members.get('a')) expect(message.subject.endsWith('.a')).toBe(true);
    }
    for (const member of members.values()) {
      const ranks = delivered(history, member).map((id) => Number(id?.split('/')[1]));
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    }
  });

  test('groups - without members nothing is kept, and a crash leaves the rest to the others', async () => {
    let joined = '';
    const history = await playExact(seed, async ({ open, subject, settle, sleep }) => {
      const tasks = subject('work', 'tasks');
      const publisher = await open('publisher');
      const first = await open('first');
      await first.subscribe({ pattern: tasks, queue: 'g' });
      await publisher.publish({ subject: tasks });
      await settle();
      await first.close();
      await publisher.publish({ subject: tasks });
      joined = await (await open('second')).subscribe({ pattern: tasks, queue: 'g' });
      await publisher.publish({ subject: tasks });
      const third = await open('third');
      await third.subscribe({ pattern: tasks, queue: 'g' });
      await settle();
      await third.crash();
      await sleep(70_000);
      for (const _ of range(5)) await publisher.publish({ subject: tasks });
      await settle();
    });
    expect(eventsOf(history, 'deliver').map(({ message }) => message.id)).not.toContain('publisher/1');
    expect(delivered(history, joined)).toEqual(expect.arrayContaining([...ids('publisher', 5, 3)]));
  });

  test('drain - what is at hand is handled', async () => {
    const history = await playExact(seed, async ({ open, subject, settle }) => {
      const events = subject('agent', 'events');
      const subscriber = await open('subscriber');
      await subscriber.subscribe({ pattern: events, handling: { takesMs: 50 } });
      const publisher = await open('publisher');
      for (const _ of range(10)) await publisher.publish({ subject: events });
      await settle();
      await subscriber.drain();
    });
    expect(eventsOf(history, 'deliver').map(({ message }) => message.id)).toEqual(ids('publisher', 10));
  });
});

test('more subscriptions than one topic takes', { timeout: 60_000 }, async () => {
  const count = 110;
  const history = await playExact(1, async ({ open, subject, settle }) => {
    const all = subject('broadcast', 'all');
    const publisher = await open('publisher');
    await publisher.publish({ subject: all });
    const subscriber = await open('subscriber');
    for (const _ of range(count)) await subscriber.subscribe({ pattern: all });
    for (const _ of range(3)) await publisher.publish({ subject: all });
    await settle();
  });
  const receivers = Map.groupBy(eventsOf(history, 'deliver'), ({ subscription }) => subscription);
  expect(receivers.size).toBe(count);
  for (const [receiver] of receivers) expect(delivered(history, receiver)).toEqual(ids('publisher', 3, 1));
});

function brandOf(receiver: string): never {
  return receiver as never;
}
