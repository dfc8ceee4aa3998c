import type { Handler, Message } from './connection.ts';

/** Messages between the poll that brings them and whoever takes them, one at a time and in order. */
export interface Mailbox extends AsyncIterable<Message> {
  readonly push: (message: Message) => void;
  readonly size: () => number;
  /** Resolves once fewer than `count` messages wait. */
  readonly below: (count: number) => Promise<void>;
  /** No more will come; what waits is still handed over. */
  readonly end: () => void;
  /** Drops what waits and ends. */
  readonly discard: () => void;
  /** Resolves once it has ended and all is handled. */
  readonly done: Promise<void>;
}

/** With a handler messages are handed to it; without one they wait to be iterated. */
export function createMailbox(options: {
  readonly handler?: Handler;
  readonly onError: (error: unknown) => void;
}): Mailbox {
  const waiting: Message[] = [];
  let wakeups: (() => void)[] = [];
  let ended = false;
  let handling = false;
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();

  function changed(): void {
    const woken = wakeups;
    wakeups = [];
    for (const wake of woken) wake();
    if (ended && waiting.length === 0 && !handling) finish();
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        wakeups.push(resolve);
      });
    }
  }

  async function pump(handler: Handler): Promise<void> {
    if (handling) return;
    handling = true;
    for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
      try {
        await handler(message);
      } catch (error) {
        options.onError(error);
      }
      changed();
    }
    handling = false;
    changed();
  }

  async function* iterate(): AsyncGenerator<Message> {
    for (;;) {
      await until(() => waiting.length > 0 || ended);
      const message = waiting.shift();
      if (message === undefined) return;
      changed();
      yield message;
    }
  }

  return {
    push: (message) => {
      if (ended) return;
      waiting.push(message);
      changed();
      if (options.handler !== undefined) pump(options.handler).catch(options.onError);
    },
    size: () => waiting.length + (handling ? 1 : 0),
    below: (count) => until(() => ended || waiting.length + (handling ? 1 : 0) < count),
    end: () => {
      ended = true;
      changed();
    },
    discard: () => {
      waiting.length = 0;
      ended = true;
      changed();
    },
    done,
    [Symbol.asyncIterator]: iterate,
  };
}
