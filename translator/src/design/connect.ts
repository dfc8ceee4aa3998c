import type { Connection, Subscription } from '../connection.ts';
import { ClosedError, UnsupportedError } from '../errors.ts';
import { randomName } from '../name.ts';
import { createRetry } from '../retry.ts';
import type { DesignOptions } from './options.ts';
import { createPublish } from './publish.ts';
import { createRequest } from './request.ts';
import { openState } from './state.ts';
import { subscribe } from './subscribe.ts';

/** The document, literally, its mistakes included, but for the fixes that are asked for. */
export function connectDesign(given: Omit<DesignOptions, 'deploying'>): Promise<Connection> {
  const ended = new AbortController();
  const { signal } = ended;
  const options: DesignOptions = { ...given, deploying: createRetry({ ...given, signal }) };
  const publish = createPublish(options);
  const subscriptions = new Set<Subscription>();

  async function endWith(finish: (subscription: Subscription) => Promise<void>): Promise<void> {
    if (signal.aborted) return;
    await Promise.all(subscriptions.values().map(finish));
    ended.abort(new ClosedError());
  }

  const connection: Connection = {
    publish: async (subject, payload, { headers = [], reply } = {}) => {
      signal.throwIfAborted();
      const id = options.fixes.has('message-id') ? randomName(options.random, 24) : undefined;
      await publish(
        { subject, payload, headers, ...(reply !== undefined && { reply }), ...(id !== undefined && { id }) },
        signal,
      );
    },
    subscribe: async (pattern, subscribeOptions = {}) => {
      signal.throwIfAborted();
      const subscription = await subscribe(options, pattern, { subscribeOptions, ended: signal });
      subscriptions.add(subscription);
      return subscription;
    },
    request: createRequest(options, signal),
    requestMany: () => Promise.reject(new UnsupportedError('an invocation has one answer')),
    respond: () => Promise.reject(new UnsupportedError('the responder is a function that must be deployed')),
    kv: (name, bucket = {}) => openState(options, { name, bucket, signal }),
    flush: () => Promise.resolve(),
    drain: () => endWith((subscription) => subscription.drain()),
    close: () => endWith((subscription) => subscription.unsubscribe()),
    abandon: () => ended.abort(new ClosedError()),
    [Symbol.asyncDispose]: () => connection.close(),
  };
  return Promise.resolve(connection);
}
