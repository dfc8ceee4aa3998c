import { expect, test } from 'vitest';
import { createQueue } from './queue.ts';
import { hide, remove, reveal, store, takeReady } from './storage.ts';
import type { Message, Queue } from './state.ts';
import { createWorld } from '../world.ts';

test('what was deleted is forgotten behind a message that stays hidden', () => {
  const queue = queueOf();
  const slow = sent(queue, 0);
  hide(queue, slow, 1000);
  for (let n = 1; n <= 10_000; n += 1) {
    const message = sent(queue, n);
    hide(queue, message, 30_000 + n);
    remove(queue, message);
  }
  expect(queue.messages.size).toBe(1);
  expect(queue.hidden.size()).toBeLessThan(100);
  expect(queue.hidden.peek()?.message).toBe(slow);
});

test('what was deleted while available is forgotten, and the others keep their order', () => {
  const queue = queueOf();
  const kept: Message[] = [];
  for (let n = 0; n < 10_000; n += 1) {
    const message = sent(queue, n);
    hide(queue, message, 30_000);
    reveal(queue, message, 0);
    if (n % 1000 === 0) kept.push(message);
    else remove(queue, message);
  }
  expect(queue.ready.size()).toBeLessThan(100);
  for (const message of kept) {
    expect(takeReady(queue, 1, () => 0)).toBe(message);
    remove(queue, message);
  }
});

function queueOf(): Queue {
  return createQueue({ name: 'q', arn: 'arn', isFifo: false, generation: 0 }, new Map(), {}, createWorld());
}

function sent(queue: Queue, ordinal: number): Message {
  const message: Message = {
    id: String(ordinal),
    body: '',
    attributes: {},
    senderId: '',
    traceHeader: undefined,
    sentMs: 0,
    groupId: undefined,
    deduplicationId: undefined,
    sequenceNumber: undefined,
    ordinal,
    standing: 'ready',
    enqueuedMs: 0,
    visibleAtMs: 0,
    receiveCount: 0,
    firstReceivedMs: undefined,
    leasedMs: 0,
    deadLetterSourceArn: undefined,
  };
  store(queue, message, 0);
  return message;
}
