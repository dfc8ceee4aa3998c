import type { Message as SqsMessage } from '@aws-sdk/client-sqs';
import type { Handler, SubscribeOptions, Subscription } from '../connection.ts';
import { createMailbox } from '../mailbox.ts';
import { subjectMatches } from '../subject.ts';
import { consume } from './consumer.ts';
import { openFeeds } from './feeds.ts';
import type { Feed } from './feeds.ts';
import { openHandled } from './handled.ts';
import type { Handled } from './handled.ts';
import type { DesignOptions } from './options.ts';

/**
 * Subscribes as the document does: `work` by polling the shared queue, all else by a rule with one SQS target. Its
 * consumer knows no limit of messages, so that `max` changes nothing.
 */
export async function subscribe(
  options: DesignOptions,
  pattern: string,
  { subscribeOptions, ended }: { readonly subscribeOptions: SubscribeOptions; readonly ended: AbortSignal },
): Promise<Subscription> {
  const feeds = await openFeeds(options, pattern, subscribeOptions.queue);
  const handled = options.fixes.has('idempotent-handler') ? await openHandled(options, ended) : undefined;
  const stop = new AbortController();
  const mailbox = createMailbox({ onError: (error) => options.onError?.(error) });
  const handler = subscribeOptions.handler ?? mailbox.push;
  const signal = AbortSignal.any([ended, stop.signal]);
  const polling = Promise.all(
    feeds.map(async (feed) => {
      const handle = handling(options, { feed, pattern, handler, handled });
      try {
        await consume(options, { queueUrl: feed.queueUrl, handle, signal });
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }),
  ).then(
    () => mailbox.end(),
    (error: unknown) => {
      mailbox.end();
      options.onError?.(error);
      throw error;
    },
  );
  polling.catch(() => undefined);
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> => {
    ending ??= takeDown(stop, polling, feeds);
    return ending;
  };
  return {
    unsubscribe: async (max) => {
      if (max !== undefined) return;
      mailbox.discard();
      await end();
    },
    drain: end,
    closed: polling,
    [Symbol.asyncIterator]: () => mailbox[Symbol.asyncIterator](),
  };
}

async function takeDown(stop: AbortController, polling: Promise<void>, feeds: readonly Feed[]): Promise<void> {
  stop.abort();
  await polling.catch(() => undefined);
  for (const feed of feeds) await feed.remove();
}

/** What is done with each message: with the document every message is the handler's. */
function handling(
  { fixes, mapping }: DesignOptions,
  parts: {
    readonly feed: Feed;
    readonly pattern: string;
    readonly handler: Handler;
    readonly handled: Handled | undefined;
  },
): (message: SqsMessage) => Promise<void> {
  const { feed, pattern, handler, handled } = parts;
  const filters = mapping === undefined ? fixes.has('subject') : mapping.receiverFilters === true;
  return async (received) => {
    const { id, eventId, ...message } = feed.read(received);
    if (filters && !subjectMatches(pattern, message.subject)) {
      if (feed.isShared) throw new Error(`'${message.subject}' is for another consumer of the queue`);
      return;
    }
    if (handled === undefined) {
      await handler(message);
      return;
    }
    const key = id ?? (fixes.has('envelope-id') ? eventId : undefined) ?? received.MessageId;
    await handled.once(`${feed.queueUrl} ${key}`, async () => {
      await handler(message);
    });
  };
}
