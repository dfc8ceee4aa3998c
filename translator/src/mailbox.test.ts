import { expect, test } from 'vitest';
import type { Message } from './connection.ts';
import { createMailbox } from './mailbox.ts';

const message = (subject: string): Message => ({ subject, payload: new Uint8Array(), headers: [] });

test('mailbox - hands messages over one at a time and in order', async () => {
  const seen: string[] = [];
  const mailbox = createMailbox({
    onError: () => undefined,
    handler: async ({ subject }) => {
      seen.push(`${subject} begins`);
      await Promise.resolve();
      seen.push(`${subject} ends`);
    },
  });
  mailbox.push(message('a'));
  mailbox.push(message('b'));
  mailbox.end();
  await mailbox.done;
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

test('mailbox - a handler that throws does not stop the next message', async () => {
  const errors: unknown[] = [];
  let calls = 0;
  const mailbox = createMailbox({
    onError: (error) => errors.push(error),
    handler: () => {
      calls += 1;
      if (calls === 1) throw new Error('first');
    },
  });
  mailbox.push(message('a'));
  mailbox.push(message('b'));
  mailbox.end();
  await mailbox.done;
  expect(calls).toBe(2);
  expect(errors).toHaveLength(1);
});

test('mailbox - iterates what waits after its end, and nothing after a discard', async () => {
  const ended = createMailbox({ onError: () => undefined });
  ended.push(message('a'));
  ended.end();
  expect(await Array.fromAsync(ended, ({ subject }) => subject)).toEqual(['a']);

  const discarded = createMailbox({ onError: () => undefined });
  discarded.push(message('a'));
  discarded.discard();
  expect(await Array.fromAsync(discarded)).toEqual([]);
});
