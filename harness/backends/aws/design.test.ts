import { UnmappableError } from 'parallax-translator';
import type { Fix, Message } from 'parallax-translator';
import { expect, test } from 'vitest';
import { playDesign } from './play-design.testing.ts';
import type { Fault } from './play-design.testing.ts';

const throttled = (): never => {
  throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } });
};

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const subjects = (messages: readonly Message[]): readonly string[] => messages.map(({ subject }) => subject);
const texts = (messages: readonly Message[]): readonly string[] =>
  messages.map(({ payload }) => Buffer.from(payload).toString('utf8'));

/** What a subscription gets of some publishes. */
async function got(
  fixes: readonly Fix[],
  pattern: string,
  published: readonly (readonly [string, Uint8Array])[],
  fault?: Fault,
): Promise<readonly Message[]> {
  const messages: Message[] = [];
  await playDesign(
    fixes,
    async ({ open, settle }) => {
      const connection = await open();
      await connection.subscribe(pattern, { handler: (message) => void messages.push(message) });
      for (const [subject, payload] of published) await connection.publish(subject, payload);
      await settle();
    },
    fault,
  );
  return messages;
}

test('T3 - any other root token is refused', async () => {
  await expect(got([], 'agent.a.ready', [['metrics.x', bytes('1')]])).rejects.toThrow(UnmappableError);
});

test.each([
  [[], ['agent.a.cmd']],
  [['subject'], ['agent.a.cmd.status']],
] as const)('T4 - tokens after the third are lost, unless the subject travels %j', async (fixes, expected) => {
  expect(subjects(await got(fixes, 'agent.a.cmd.status', [['agent.a.cmd.status', bytes('1')]]))).toEqual(expected);
});

test.each([
  [[], ['1', '2']],
  [['subject'], ['1']],
] as const)(
  'T5, T7 - distinct subjects reach the same subscription, unless the subject travels %j',
  async (fixes, expected) => {
    const published = [
      ['agent.a.ready', bytes('1')],
      ['agent.a.ready.twice', bytes('2')],
    ] as const;
    expect(texts(await got(fixes, 'agent.a.ready', published))).toEqual(expected);
  },
);

test('T8 - a domain and priority without a queue is an error', async () => {
  await expect(got([], 'work.nlp.high', [['work.nlp.low.task', bytes('1')]])).rejects.toThrow(/no queue is mapped/);
});

const failedOnce: Fault = {
  command: 'PutEventsCommand',
  answer: () => ({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'try again' }] }),
};

test.each([
  [[], []],
  [['failed-entries'], ['1']],
] as const)(
  'T9, B1 - an entry that failed under an answer 200 is lost, unless it is sent again %j',
  async (fixes, expected) => {
    expect(texts(await got(fixes, 'agent.a.ready', [['agent.a.ready', bytes('1')]], failedOnce))).toEqual(expected);
  },
);

test.each([
  [[], 'efbfbd'],
  [['bytes'], 'ff'],
] as const)('T12 - work payloads become text, unless bytes are kept %j', async (fixes, expected) => {
  const [message] = await got(fixes, 'work.nlp.high', [['work.nlp.high.task', Uint8Array.of(0xff)]]);
  expect(Buffer.from(message?.payload ?? []).toString('hex')).toBe(expected);
});

test.each([
  [[], []],
  [['bytes'], ['text']],
] as const)(
  'T18 - a broadcast that is no JSON object is lost without a word, unless bytes are kept %j',
  async (fixes, expected) => {
    expect(texts(await got(fixes, 'broadcast.global.news', [['broadcast.global.news', bytes('text')]]))).toEqual(
      expected,
    );
  },
);

const throttledReceive: Fault = { command: 'ReceiveMessageCommand', answer: throttled };

test.each([
  [[], []],
  [['consumer-errors'], ['1']],
] as const)('W1 - the first error of a receive ends the worker, unless it survives %j', async (fixes, expected) => {
  expect(texts(await got(fixes, 'work.nlp.high', [['work.nlp.high.task', bytes('1')]], throttledReceive))).toEqual(
    expected,
  );
});

test.each([
  [[], 2],
  [['visibility'], 1],
] as const)(
  'W3, W4 - a slow handler sees its message again, unless the timeout is extended %j',
  async (fixes, expected) => {
    let handled = 0;
    await playDesign(fixes, async ({ open, settle, sleep: pause }) => {
      const connection = await open();
      for (const _ of [1, 2]) {
        await connection.subscribe('work.nlp.high', {
          handler: async () => {
            handled += 1;
            await pause(40_000);
          },
        });
      }
      await connection.publish('work.nlp.high.task', bytes('1'));
      await settle();
    });
    expect(handled).toBe(expected);
  },
);

test('W7 - a poison message comes until it goes to a dead-letter queue, where there is one', async () => {
  const attempts = async (fixes: readonly Fix[]): Promise<number> => {
    let handled = 0;
    await playDesign(fixes, async ({ open, settle }) => {
      const connection = await open();
      await connection.subscribe('work.nlp.high', {
        handler: () => {
          handled += 1;
          throw new Error('poison');
        },
      });
      await connection.publish('work.nlp.high.task', bytes('1'));
      await settle();
    });
    return handled;
  };
  expect(await attempts([])).toBeGreaterThan(10);
  expect(await attempts(['dead-letters'])).toBe(5);
});

test('S1, S3 - creating overwrites and expiry is not looked at, unless both are mended', async () => {
  const read = async (fixes: readonly Fix[]): Promise<readonly unknown[]> => {
    const seen: unknown[] = [];
    await playDesign(fixes, async ({ open, sleep: pause }) => {
      const kv = await (await open()).kv('state', { ttlMs: 10_000 });
      await kv.create('a', bytes('first'));
      seen.push(await kv.create('a', bytes('second')).catch((error: Error) => error.name));
      await pause(20_000);
      seen.push((await kv.get('a')) === null);
    });
    return seen;
  };
  expect(await read([])).toEqual([null, false]);
  expect(await read(['conditional-writes', 'expiry'])).toEqual(['WrongRevisionError', true]);
});

test('S8 - the state manager has no delete, purge, history, keys or watch', async () => {
  await playDesign([], async ({ open }) => {
    const kv = await (await open()).kv('state');
    const calls = [kv.delete('a'), kv.purge('a'), kv.history('a'), kv.keys(), kv.watch({ onUpdate: () => undefined })];
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(calls.map(() => 'rejected'));
  });
});

const throwing = `exports.handler = async () => { throw new Error('boom'); };`;
const slow = `exports.handler = (event) => new Promise((resolve) => { setTimeout(() => resolve(event), 30_000); });`;

test('R1, R2 - a request has no deadline and takes an error for its reply, unless both are mended', async () => {
  const ask = async (fixes: readonly Fix[], code: string): Promise<unknown> => {
    let answer: unknown;
    await playDesign(fixes, async ({ open, deploy }) => {
      await deploy('agent.a.cmd', code);
      const reply = (await open()).request('agent.a.cmd', bytes('{}'), { timeoutMs: 1_000 });
      answer = await reply.then(
        ({ payload, error }) => error ?? Buffer.from(payload).toString('utf8'),
        (error: Error) => error.name,
      );
    });
    return answer;
  };
  expect(await ask([], slow)).toBe('{}');
  expect(await ask(['deadlines'], slow)).toBe('TimeoutError');
  expect(await ask([], throwing)).toContain('"errorMessage":"boom"');
  expect(await ask(['function-errors'], throwing)).toBe('boom');
});

test('R3 - a request that is no JSON is refused, unless bytes are kept', async () => {
  const ask = async (fixes: readonly Fix[]): Promise<string> => {
    let answer = '';
    await playDesign(fixes, async ({ open, deploy }) => {
      await deploy('agent.a.cmd', 'exports.handler = async (event) => event;');
      const reply = (await open()).request('agent.a.cmd', bytes('text'), { timeoutMs: 1_000 });
      answer = await reply.then(
        ({ payload }) => Buffer.from(payload).toString('utf8'),
        (error: Error) => error.name,
      );
    });
    return answer;
  };
  expect(await ask([])).toBe('InvalidRequestContentException');
  expect(await ask(['bytes'])).toBe('text');
});
