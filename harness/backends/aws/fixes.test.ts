import { expect, test } from 'vitest';
import type { Fix } from 'parallax-translator';
import type { Choice } from 'parallax-emulator';
import { range } from '#core';
import { bytes, collect, deploy, failing, onSeed, textOf, workQueueCall } from './seed-stand.testing.ts';

/** What each fix makes of the bug that the test of the same letter and number in `seed-*.test.ts` shows. */
const work = 'work.nlp.high.task';
const failedOnce: Choice = { point: 'ADV-EB-07', key: 'default#0.0', option: 1 };
const poisonMs = 1_000_000;

/** The texts that a subscription of the pattern gets of what is published. */
async function got(
  fix: Fix,
  pattern: string,
  {
    publish,
    choices = [],
  }: { readonly publish: readonly (readonly [string, string])[]; readonly choices?: readonly Choice[] },
): Promise<readonly { readonly subject: string; readonly text: string }[]> {
  let found: readonly { readonly subject: string; readonly text: string }[] = [];
  await onSeed({ fixes: [fix], choices }, async (stand) => {
    const { arrivals } = await collect(stand, pattern);
    for (const [subject, text] of publish) await stand.connection.publish(subject, bytes(text));
    await stand.wait(60_000);
    found = arrivals.map(({ subject, text }) => ({ subject, text }));
  });
  return found;
}

test('subject - T4, T5, T7: the whole subject arrives, at those who asked for it', async () => {
  const published = [
    ['agent.a.ready', '1'],
    ['agent.a.ready.twice', '2'],
  ] as const;
  expect(await got('subject', 'agent.a.ready', { publish: published })).toEqual([
    { subject: 'agent.a.ready', text: '1' },
  ]);
  expect(await got('subject', 'agent.a.ready.*', { publish: published })).toEqual([
    { subject: 'agent.a.ready.twice', text: '2' },
  ]);
});

test('failed-entries - T9, B1: an entry that failed under an answer 200 is sent again', async () => {
  const publish = [['agent.a.ready', '1']] as const;
  expect(await got('failed-entries', 'agent.a.ready', { publish, choices: [failedOnce] })).toMatchObject([
    { text: '1' },
  ]);
});

test('bytes - T12, T18, R3: work, broadcasts and requests carry any bytes', async () => {
  expect(await got('bytes', 'broadcast.global.x', { publish: [['broadcast.global.x', 'text']] })).toMatchObject([
    { text: 'text' },
  ]);
  await onSeed({ fixes: ['bytes'] }, async (stand) => {
    const { arrivals } = await collect(stand, 'work.nlp.high');
    await stand.connection.publish(work, Uint8Array.of(0xff));
    await stand.wait(1_000);
    expect(arrivals.map(({ payload }) => [...payload])).toEqual([[0xff]]);
    await deploy(stand, 'exports.handler = async (event) => event;', 'agent.a.cmd');
    const { payload } = await stand.connection.request('agent.a.cmd', bytes('text'), { timeoutMs: 1_000 });
    expect(textOf(payload)).toBe('text');
  });
});

test('consumer-errors - W1: the worker survives a receive that stays throttled', async () => {
  const choices = failing('FAULT-throttling', workQueueCall('ReceiveMessage', 'nlp-high'));
  expect(await got('consumer-errors', 'work.nlp.high', { publish: [[work, '1']], choices })).toMatchObject([
    { text: '1' },
  ]);
});

test('visibility - W3, W4: a slow handler keeps its message to itself', () =>
  onSeed({ fixes: ['visibility'] }, async (stand) => {
    const workers = [];
    for (const _ of range(2)) workers.push(await collect(stand, 'work.nlp.high', () => stand.wait(40_000)));
    await stand.connection.publish(work, bytes('1'));
    await stand.wait(200_000);
    expect(workers.flatMap(({ arrivals }) => arrivals)).toHaveLength(1);
  }));

test('dead-letters - W7: a poison message goes after five attempts', () =>
  onSeed({ fixes: ['dead-letters'] }, async (stand) => {
    const { arrivals } = await collect(stand, 'work.nlp.high', () => {
      throw new Error('poison');
    });
    await stand.connection.publish(work, bytes('1'));
    await stand.wait(poisonMs);
    expect(arrivals).toHaveLength(5);
  }));

test('conditional-writes, expiry - S1, S3: creating does not overwrite, and what has expired is not read', () =>
  onSeed({ fixes: ['conditional-writes', 'expiry'] }, async (stand) => {
    const kv = await stand.connection.kv('state', { ttlMs: 10_000 });
    await kv.create('a', bytes('first'));
    await expect(kv.create('a', bytes('second'))).rejects.toMatchObject({ name: 'WrongRevisionError' });
    await stand.wait(20_000);
    expect(await kv.get('a')).toBeNull();
  }));

test('deletes, index - S8: keys are deleted, created again with a later revision, and listed', () =>
  onSeed({ fixes: ['deletes', 'index', 'conditional-writes'] }, async (stand) => {
    const kv = await stand.connection.kv('state');
    for (const key of ['b.1', 'a.1', 'a.2']) await kv.put(key, bytes('value'));
    await kv.delete('a.1');
    expect(await kv.get('a.1')).toBeNull();
    expect(await kv.keys()).toEqual(['a.2', 'b.1']);
    expect(await kv.keys({ filters: ['b.*'] })).toEqual(['b.1']);
    expect(await kv.create('a.1', bytes('again'))).toBe(3);
    await expect(kv.delete('a.1', { revision: 1 })).rejects.toMatchObject({ name: 'WrongRevisionError' });
    expect(await kv.keys()).toEqual(['a.1', 'a.2', 'b.1']);
  }));

test('deadlines, function-errors - R1, R2: a request ends in time, and an error is one', async () => {
  const ask = async (fix: Fix, code: string): Promise<unknown> => {
    let answer: unknown;
    await onSeed({ fixes: [fix] }, async (stand) => {
      await deploy(stand, code, 'agent.a.cmd');
      answer = await stand.connection.request('agent.a.cmd', bytes('{}'), { timeoutMs: 1_000 }).then(
        ({ error }) => error,
        (error: Error) => error.name,
      );
    });
    return answer;
  };
  const slow = 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 50000, "late"));';
  expect(await ask('deadlines', slow)).toBe('TimeoutError');
  expect(await ask('function-errors', 'exports.handler = async () => { throw new Error("boom"); };')).toBe('boom');
});

test('rule-acts - a subscription waits for a rule that acts a minute late, and hands over no probe', async () => {
  for (const [fixes, expected] of [
    [[], []],
    [['rule-acts'], ['1']],
  ] as const) {
    const choicesOf = (rule: string) =>
      range(2).map((change) => ({ point: 'ADV-EB-09', key: `${rule}#${change}`, option: 3 }) as const);
    expect(await throughRule(fixes, choicesOf)).toEqual(expected);
  }
});

test('undelivered - an event that its target does not take comes by the dead-letter queue', async () => {
  for (const [point, option] of [
    ['ADV-EB-03', 5],
    ['ADV-EB-04', 1],
    ['ADV-EB-05', 1],
  ] as const) {
    const choicesOf = (rule: string) => [{ point, key: `${rule} queue#0`, option }];
    expect(await throughRule([], choicesOf)).toEqual([]);
    expect(await throughRule(['undelivered'], choicesOf)).toEqual(['1']);
  }
});

/** What a subscription gets of one message when these choices fall at its rule. */
async function throughRule(
  fixes: readonly Fix[],
  choicesOf: (rule: string) => readonly Choice[],
): Promise<readonly string[]> {
  const play = async (choices: readonly Choice[]) => {
    let texts: readonly string[] = [];
    let rule: unknown;
    await onSeed({ fixes, choices }, async (stand) => {
      const { arrivals } = await collect(stand, 'agent.a.*');
      await stand.connection.publish('agent.a.ready', bytes('1'));
      await stand.wait(120_000);
      texts = arrivals.map(({ text }) => text);
      rule = stand.sent('PutRule')[0]?.input['Name'];
    });
    return { texts, rule };
  };
  const { rule } = await play([]);
  const { texts } = await play(choicesOf(`arn:aws:events:us-east-1:000000000000:rule/${String(rule)}`));
  return texts;
}

test('fan-out - broadcasts go over a topic, and each filter gets what it asks for', () =>
  onSeed({ fixes: ['fan-out', 'bytes', 'subject'] }, async (stand) => {
    const one = await collect(stand, 'broadcast.global.x');
    const all = await collect(stand, 'broadcast.>');
    for (const subject of ['broadcast.global.x', 'broadcast.global.y'])
      await stand.connection.publish(subject, bytes(subject));
    await stand.wait(1_000);
    expect(one.arrivals.map(({ text }) => text)).toEqual(['broadcast.global.x']);
    expect(all.arrivals.map(({ subject }) => subject)).toEqual(['broadcast.global.x', 'broadcast.global.y']);
    expect(stand.sent('PutEvents')).toEqual([]);
    expect(stand.sent('PutRule')).toEqual([]);
  }));

test('subject-checks - T6: an empty token is routed to nobody, and a filter with one is refused', () =>
  onSeed({ fixes: ['subject-checks'] }, async (stand) => {
    await stand.connection.publish('agent..ready', bytes('1'));
    expect(stand.sent('PutEvents')).toEqual([]);
    await expect(stand.connection.subscribe('agent..ready')).rejects.toMatchObject({ name: 'InvalidSubjectError' });
    await expect(stand.connection.publish('agent.a b', bytes('1'))).rejects.toMatchObject({
      name: 'InvalidSubjectError',
    });
  }));

test('max-messages - a subscription ends by itself after as many as it was to take', () =>
  onSeed({ fixes: ['max-messages'] }, async (stand) => {
    const texts: string[] = [];
    const handler = ({ payload }: { readonly payload: Uint8Array }): void => void texts.push(textOf(payload));
    const first = await stand.connection.subscribe('agent.a.ready', { max: 2, handler });
    for (const i of range(5)) await stand.connection.publish('agent.a.ready', bytes(String(i)));
    await first.closed;
    expect(texts).toEqual(['0', '1']);
  }));
