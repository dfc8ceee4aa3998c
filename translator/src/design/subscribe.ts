import type { Message as SqsMessage } from '@aws-sdk/client-sqs';
import type { Handler, SubscribeOptions, Subscription } from '../connection.ts';
import { createMailbox } from '../mailbox.ts';
import { patternTokens, subjectMatches } from '../subject.ts';
import { consume } from './consumer.ts';
import { openFeeds } from './feeds.ts';
import type { Feed } from './feeds.ts';
import { openHandled } from './handled.ts';
import type { Handled } from './handled.ts';
import type { DesignOptions } from './options.ts';
import { createProbe } from './probe.ts';
import type { Probe } from './probe.ts';

/**
 * Subscribes as the document does: `work` by polling the shared queue, all else by a rule with one SQS target. Its
 * consumer knows no limit of messages, so that `max` changes nothing unless that is mended.
 */
export async function subscribe(
  options: DesignOptions,
  pattern: string,
  { subscribeOptions, ended }: { readonly subscribeOptions: SubscribeOptions; readonly ended: AbortSignal },
): Promise<Subscription> {
  const { fixes } = options;
  if (fixes.has('subject-checks')) patternTokens(pattern);
  const feeds = await openFeeds(options, pattern, subscribeOptions.queue);
  const probe = createProbe(options, pattern);
  const isProbed = fixes.has('rule-acts') && feeds.some(({ isByRule }) => isByRule) && carriesProbes(options, pattern);
  const handled = fixes.has('idempotent-handler') ? await openHandled(options, ended) : undefined;
  const stop = new AbortController();
  const mailbox = createMailbox({ onError: (error) => options.onError?.(error) });
  const signal = AbortSignal.any([ended, stop.signal]);
  const limit = createLimit(fixes.has('max-messages') ? subscribeOptions.max : undefined, () => {
    end().catch((error: unknown) => options.onError?.(error));
  });
  const handler = limit.of(subscribeOptions.handler ?? mailbox.push);
  const polling = Promise.all(
    feeds.map(async (feed) => {
      const handle = handling(options, { feed, pattern, handler, handled, probe });
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
  if (isProbed) await probe.acts(signal);
  return {
    unsubscribe: async (max) => {
      if (max !== undefined) {
        if (fixes.has('max-messages')) limit.set(max);
        return;
      }
      mailbox.discard();
      await end();
    },
    drain: end,
    closed: polling,
    [Symbol.asyncIterator]: () => mailbox[Symbol.asyncIterator](),
  };
}

/** Whether others can tell a probe from a message: not in a broadcast that is its payload and nothing else. */
function carriesProbes({ fixes, mapping }: DesignOptions, pattern: string): boolean {
  return mapping !== undefined || fixes.has('bytes') || !pattern.startsWith('broadcast');
}

/** Counts messages, and says when there are enough. */
function createLimit(
  max: number | undefined,
  onEnough: () => void,
): { readonly of: (handler: Handler) => Handler; readonly set: (max: number) => void } {
  let most = max ?? Number.POSITIVE_INFINITY;
  let taken = 0;
  return {
    of: (handler) => async (message) => {
      if (taken >= most) throw new Error('the subscription has had all its messages');
      taken += 1;
      try {
        await handler(message);
      } finally {
        if (taken === most) onEnough();
      }
    },
    set: (to) => {
      most = to;
      if (taken >= most) onEnough();
    },
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
    readonly probe: Probe;
  },
): (message: SqsMessage) => Promise<void> {
  const { feed, pattern, handler, handled, probe } = parts;
  const filters = mapping === undefined ? fixes.has('subject') : mapping.receiverFilters === true;
  return async (received) => {
    const { id, eventId, probe: probeId, ...message } = feed.read(received);
    if (probeId !== undefined) {
      probe.onProbe(probeId);
      return;
    }
    if (filters && !subjectMatches(pattern, message.subject)) {
      if (feed.isShared) throw new Error(`'${message.subject}' is for another consumer of the queue`);
      return;
    }
    if (handled === undefined) {
      await handler(message);
      return;
    }
    const key = id ?? (fixes.has('envelope-id') ? eventId : undefined) ?? received.MessageId;
    await handled.once(`${feed.handledBy} ${key}`, async () => {
      await handler(message);
    });
  };
}
