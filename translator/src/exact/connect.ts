import type { Connection, ConnectOptions, SubscribeOptions, Subscription } from '../connection.ts';
import { ClosedError } from '../errors.ts';
import { createHedge } from '../hedge.ts';
import { randomName } from '../name.ts';
import { createRetry } from '../retry.ts';
import { patternTokens } from '../subject.ts';
import type { Core } from './core.ts';
import { openInbox } from './inbox.ts';
import type { Inbox } from './inbox.ts';
import { createBuckets } from './kv.ts';
import { createPublisher } from './publisher.ts';
import { createRegistry } from './registry.ts';
import { createRequests } from './requests.ts';
import { createResponders } from './responders.ts';
import { setUp } from './setup.ts';
import { subscribe } from './subscription.ts';
import { createTopic } from './topic.ts';

/** How long a received message stays hidden where the options leave it open. */
const visibilitySeconds = 10;

/** Why a connection ended. Made once: nobody asks where. */
const closed = new ClosedError();

const pollDelayMaxMs = 200;

/** The most faithful mapping that AWS allows. */
export async function connectExact(options: ConnectOptions): Promise<Connection> {
  const ended = new AbortController();
  const core = coreOf(options, ended.signal);
  const setup = await setUp(options);
  const { table } = setup;
  const topic = createTopic(core, setup);
  const { publish: send, publishTo, toInbox, idle } = createPublisher(core, topic);
  const responders = createResponders(core, send);
  const subscriptions = new Set<Subscription>();

  const registry = createRegistry(core, table, topic);
  const inboxName = async (): Promise<string> => (await inbox()).name;
  const requests = createRequests(core, { registry, inbox: () => inbox() });
  const buckets = createBuckets(core, { table, toInbox, inboxName });
  const inbox = once((): Promise<Inbox> =>
    openInbox(core, { onReply: requests.onReply, onHint: buckets.onHint, onTick: buckets.onTick }),
  );

  async function listen(pattern: string, subscribeOptions: SubscribeOptions = {}): Promise<Subscription> {
    ended.signal.throwIfAborted();
    patternTokens(pattern);
    const subscription = await subscribe(core, { table, registry, toInbox, pattern, options: subscribeOptions });
    subscriptions.add(subscription);
    subscription.closed.finally(() => subscriptions.delete(subscription)).catch(core.onError);
    return subscription;
  }

  async function endWith(finish: (subscription: Subscription) => Promise<void>): Promise<void> {
    if (ended.signal.aborted) return;
    await Promise.all(subscriptions.values().map(finish));
    await responders.idle();
    await buckets.close();
    await idle();
    if (inbox.started()) await (await inbox()).close();
    ended.abort(closed);
  }

  const publish: Connection['publish'] = async (subject, payload, publishOptions = {}) => {
    if (subject.startsWith('$KV.')) await buckets.onPublish(subject, payload, publishOptions.headers ?? []);
    await send(subject, payload, publishOptions);
  };

  const connection: Connection = {
    publish,
    subscribe: listen,
    request: async (subject, payload, { timeoutMs, headers = [] }) =>
      requests.one({
        subject,
        timeoutMs,
        send: (reply, queueUrls) => publishTo(queueUrls, subject, payload, { headers, ...reply }),
      }),
    requestMany: async (subject, payload, { timeoutMs, repliesMax, headers = [] }) =>
      requests.many({
        subject,
        timeoutMs,
        ...(repliesMax !== undefined && { repliesMax }),
        send: (reply, queueUrls) => publishTo(queueUrls, subject, payload, { headers, ...reply }),
      }),
    respond: (pattern, responder, { queue } = {}) =>
      listen(pattern, { ...(queue !== undefined && { queue }), handler: responders.handler(responder) }),
    kv: (bucket, kvOptions) => buckets.open(bucket, kvOptions ?? {}),
    flush: idle,
    drain: () => endWith((subscription) => subscription.drain()),
    close: () => endWith((subscription) => subscription.unsubscribe()),
    abandon: () => ended.abort(closed),
    [Symbol.asyncDispose]: () => connection.drain(),
  };
  return connection;
}

function coreOf(options: ConnectOptions, signal: AbortSignal): Core {
  const { clients, clock, random, prefix } = options;
  return {
    clients,
    clock,
    random,
    prefix,
    name: options.name ?? randomName(random, 16),
    echo: options.echo ?? true,
    visibilitySeconds: options.visibilityTimeoutSeconds ?? visibilitySeconds,
    signal,
    retry: createRetry({ clock, random, signal }),
    retryPoll: createRetry({ clock, random, signal, delayMaxMs: pollDelayMaxMs }),
    hedge: createHedge(clock),
    onError: (error) => {
      if (!signal.aborted) options.onError?.(error);
    },
  };
}

/** Makes something on its first use; after a failure the next use tries again. */
function once<T>(make: () => Promise<T>): (() => Promise<T>) & { readonly started: () => boolean } {
  let made: Promise<T> | undefined;
  const use = (): Promise<T> => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
  return Object.assign(use, { started: () => made !== undefined });
}
