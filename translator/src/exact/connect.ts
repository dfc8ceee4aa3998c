import type { Connection, ConnectOptions, Subscription } from '../connection.ts';
import { ClosedError, UnsupportedError } from '../errors.ts';
import { randomName } from '../name.ts';
import { createRetry } from '../retry.ts';
import { createSerial } from '../serial.ts';
import { patternTokens, subjectTokens } from '../subject.ts';
import type { Core } from './core.ts';
import { createRegistry } from './registry.ts';
import type { Registry } from './registry.ts';
import { subscribe } from './subscription.ts';
import { ensureTable } from './table.ts';
import { openTopic } from './topic.ts';

/** The most faithful mapping that AWS allows. */
export async function connectExact(options: ConnectOptions): Promise<Connection> {
  const { clock, random } = options;
  const ended = new AbortController();
  const core: Core = {
    clients: options.clients,
    clock,
    random,
    prefix: options.prefix,
    name: options.name ?? randomName(random, 16),
    echo: options.echo ?? true,
    signal: ended.signal,
    retry: createRetry({ clock, random, signal: ended.signal }),
    onError: (error) => {
      if (!ended.signal.aborted) options.onError?.(error);
    },
  };
  const topic = await openTopic(core);
  const sends = createSerial();
  const subscriptions = new Set<Subscription>();
  let sequence = 0;
  let stores: Promise<{ readonly table: string; readonly registry: Registry }> | undefined;

  function store(): Promise<{ readonly table: string; readonly registry: Registry }> {
    stores ??= ensureTable(core).then((table) => ({ table, registry: createRegistry(core, table, topic) }));
    return stores;
  }

  async function endWith(finish: (subscription: Subscription) => Promise<void>): Promise<void> {
    await Promise.all(subscriptions.values().map(finish));
    await sends.idle();
    ended.abort(new ClosedError());
  }

  const connection: Connection = {
    publish: async (subject, payload, { headers = [], reply } = {}) => {
      ended.signal.throwIfAborted();
      subjectTokens(subject);
      sequence += 1;
      const envelope = {
        subject,
        headers,
        payload,
        ...(reply !== undefined && { reply }),
        publisher: core.name,
        sequence,
        publishedMs: clock.epochMs(),
      };
      await sends.run(() => topic.publish(envelope));
    },
    subscribe: async (pattern, options = {}) => {
      ended.signal.throwIfAborted();
      patternTokens(pattern);
      const { table, registry } = await store();
      const subscription = await subscribe(core, { table, registry, pattern, options });
      subscriptions.add(subscription);
      subscription.closed.finally(() => subscriptions.delete(subscription)).catch(core.onError);
      return subscription;
    },
    request: () => Promise.reject(new UnsupportedError('request')),
    requestMany: () => Promise.reject(new UnsupportedError('requestMany')),
    respond: () => Promise.reject(new UnsupportedError('respond')),
    kv: () => Promise.reject(new UnsupportedError('kv')),
    flush: () => sends.idle(),
    drain: () => endWith((subscription) => subscription.drain()),
    close: () => endWith((subscription) => subscription.unsubscribe()),
    abandon: () => ended.abort(new ClosedError()),
    [Symbol.asyncDispose]: () => connection.drain(),
  };
  return connection;
}
