import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { Connection, ConnectOptions, Subscription } from '../connection.ts';
import { ClosedError, UnsupportedError } from '../errors.ts';
import { handlerName } from './handler-name.ts';
import { createPublish } from './publish.ts';
import { openState } from './state.ts';
import { subscribe } from './subscribe.ts';

/** The document, literally. Its mistakes are its content. */
export function connectDesign(options: ConnectOptions): Promise<Connection> {
  const { clients } = options;
  const ended = new AbortController();
  const publish = createPublish(options);
  const subscriptions = new Set<Subscription>();

  async function endWith(finish: (subscription: Subscription) => Promise<void>): Promise<void> {
    await Promise.all(subscriptions.values().map(finish));
    ended.abort(new ClosedError());
  }

  const connection: Connection = {
    publish: async (subject, payload) => {
      ended.signal.throwIfAborted();
      await publish(subject, payload, ended.signal);
    },
    subscribe: async (pattern, subscribeOptions = {}) => {
      ended.signal.throwIfAborted();
      const subscription = await subscribe(options, pattern, { subscribeOptions, ended: ended.signal });
      subscriptions.add(subscription);
      return subscription;
    },
    request: async (subject, payload) => {
      const { Payload } = await clients.lambda.send(
        new InvokeCommand({
          FunctionName: handlerName(options.prefix, subject),
          InvocationType: 'RequestResponse',
          Payload: payload,
        }),
        { abortSignal: ended.signal },
      );
      return { payload: Payload ?? new Uint8Array(), headers: [] };
    },
    requestMany: () => Promise.reject(new UnsupportedError('an invocation has one answer')),
    respond: () => Promise.reject(new UnsupportedError('the responder is a function that must be deployed')),
    kv: (bucket) => openState(options, bucket),
    flush: () => Promise.resolve(),
    drain: () => endWith((subscription) => subscription.drain()),
    close: () => endWith((subscription) => subscription.unsubscribe()),
    abandon: () => ended.abort(new ClosedError()),
    [Symbol.asyncDispose]: () => connection.close(),
  };
  return Promise.resolve(connection);
}
