import type { Connection, Kv, KvWatch, Message, Reply as TranslatorReply, Subscription } from 'parallax-translator';
import { base64, brand, bytesOf, DefiniteError, sleep } from '#core';
import type {
  Clock,
  Handling,
  KvBucket,
  KvEntry,
  Methods,
  Notice,
  OpName,
  Received,
  ReceiverId,
  Reply,
  Session,
  Subject,
} from '#core';
import type { Deployments } from './deployed.ts';
import { harnessError } from './errors.ts';
import { answer } from '../answer.ts';

/** What one session's methods share. */
interface Context {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly sink: (notice: Notice) => void;
  readonly signal: AbortSignal;
  /** Where a responder is a function to deploy. */
  readonly deployments?: Deployments;
  readonly receivers: Map<ReceiverId, Subscription>;
  readonly watches: Map<ReceiverId, KvWatch>;
  readonly buckets: Map<string, Kv>;
}

/** The vocabulary on a connection of the translator. */
export function createSession(
  options: Pick<Context, 'connection' | 'clock' | 'sink' | 'signal' | 'deployments'>,
): Session {
  const context: Context = { ...options, receivers: new Map(), watches: new Map(), buckets: new Map() };
  let ended = false;
  const end = async (how: () => Promise<void> | void): Promise<null> => {
    ended = true;
    await how();
    return null;
  };
  const methods: Methods = {
    ...messaging(context),
    ...requests(context),
    ...keyValue(context),
    flush: () => options.connection.flush().then(() => null),
    drain: () => end(options.connection.drain),
    close: () => end(options.connection.close),
    crash: () => end(options.connection.abandon),
  };
  return {
    ...translated(methods),
    [Symbol.asyncDispose]: async () => {
      if (!ended) await end(options.connection.close);
    },
  };
}

/** The same methods, their errors as the harness tells them apart; an overload, since each is wrapped alike. */
function translated(methods: Methods): Methods;
function translated(methods: Readonly<Record<OpName, (...parameters: never[]) => Promise<unknown>>>): unknown {
  return Object.fromEntries(
    opNames(methods).map((name) => [
      name,
      async (...parameters: never[]) => {
        try {
          return await methods[name](...parameters);
        } catch (error) {
          throw harnessError(error, name);
        }
      },
    ]),
  );
}

function opNames(methods: Readonly<Record<OpName, unknown>>): readonly OpName[] {
  return Object.keys(methods).filter((name): name is OpName => name in methods);
}

type Names<N extends keyof Methods> = Pick<Methods, N>;

function messaging({
  connection,
  clock,
  sink,
  signal,
  receivers,
}: Context): Names<'publish' | 'subscribe' | 'unsubscribe'> {
  return {
    publish: async ({ subject, body, headers, reply }) => {
      await connection.publish(subject, bytesOf(body), {
        ...(headers !== undefined && { headers }),
        ...(reply !== undefined && { reply }),
      });
      return null;
    },
    subscribe: async ({ subscription, pattern, queue, max, handling }) => {
      const handle = handler(handling, { clock, signal });
      receivers.set(
        subscription,
        await connection.subscribe(pattern, {
          ...(queue !== undefined && { queue }),
          ...(max !== undefined && { max }),
          handler: (message) => {
            sink({ kind: 'deliver', subscription, message: received(message) });
            return handle(message);
          },
        }),
      );
      return null;
    },
    unsubscribe: async ({ subscription, max }) => {
      await receivers.get(subscription)?.unsubscribe(max);
      return null;
    },
  };
}

/** What a subscriber does with each message; attempts of a message are told by its bytes. */
function handler(
  handling: Handling | undefined,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): (message: Message) => Promise<void> | void {
  if (handling === undefined) return () => undefined;
  const attempts = new Map<string, number>();
  return async (message) => {
    const body = base64(message.payload);
    const attempt = (attempts.get(body) ?? 0) + 1;
    attempts.set(body, attempt);
    if (handling.takesMs !== undefined) await sleep(clock, handling.takesMs, { signal });
    if (attempt <= (handling.failsFirst ?? 0)) throw new DefiniteError('handler-failed');
  };
}

function requests({
  connection,
  clock,
  sink,
  signal,
  receivers,
  deployments,
}: Context): Names<'request' | 'request-many' | 'respond'> {
  return {
    request: async ({ subject, body, headers, timeoutMs }) =>
      replyOf(
        await connection.request(subject, bytesOf(body), { timeoutMs, ...(headers !== undefined && { headers }) }),
      ),
    'request-many': async ({ subject, body, timeoutMs, repliesMax }) => {
      const answers = await connection.requestMany(subject, bytesOf(body), {
        timeoutMs,
        ...(repliesMax !== undefined && { repliesMax }),
      });
      return answers.map(replyOf);
    },
    respond: async ({ responder, pattern, queue, behaviour }) => {
      if (deployments !== undefined) {
        await deployments.deploy({ id: responder, pattern, behaviour, sink });
        return null;
      }
      let executions = 0;
      const subscription = await connection.respond(
        pattern,
        async (message) => {
          const request = received(message);
          sink({ kind: 'execute', responder, message: request });
          executions += 1;
          const { afterMs, replies, error } = answer(behaviour, request, executions);
          if (afterMs > 0) await sleep(clock, afterMs, { signal });
          if (error !== undefined) throw new Error(error);
          return replies.map((reply) => ({ payload: bytesOf(reply) }));
        },
        { ...(queue !== undefined && { queue }) },
      );
      receivers.set(responder, subscription);
      return null;
    },
  };
}

function keyValue({ connection, sink, watches, buckets }: Context): Names<Extract<keyof Methods, `kv.${string}`>> {
  const open = async ({ bucket, history, ttlMs, markerTtlMs }: KvBucket): Promise<Kv> => {
    const kv = await connection.kv(bucket, {
      ...(history !== undefined && { history }),
      ...(ttlMs !== undefined && { ttlMs }),
      ...(markerTtlMs !== undefined && { markerTtlMs }),
    });
    buckets.set(bucket, kv);
    return kv;
  };
  const kvOf = async (bucket: string): Promise<Kv> => buckets.get(bucket) ?? open({ bucket });
  const entryOf = (entry: Awaited<ReturnType<Kv['history']>>[number]): KvEntry => ({
    ...entry,
    value: base64(entry.value),
  });
  return {
    'kv.open': (input) => open(input).then(() => null),
    'kv.put': async ({ bucket, key, value }) => ({ revision: await (await kvOf(bucket)).put(key, bytesOf(value)) }),
    'kv.get': async ({ bucket, key }) => {
      const entry = await (await kvOf(bucket)).get(key);
      return entry && entryOf(entry);
    },
    'kv.create': async ({ bucket, key, value, ttlMs }) => ({
      revision: await (await kvOf(bucket)).create(key, bytesOf(value), { ...(ttlMs !== undefined && { ttlMs }) }),
    }),
    'kv.update': async ({ bucket, key, value, revision }) => ({
      revision: await (await kvOf(bucket)).update(key, bytesOf(value), revision),
    }),
    'kv.delete': async ({ bucket, key, revision }) => {
      await (await kvOf(bucket)).delete(key, { ...(revision !== undefined && { revision }) });
      return null;
    },
    'kv.purge': async ({ bucket, key, ttlMs }) => {
      await (await kvOf(bucket)).purge(key, { ...(ttlMs !== undefined && { ttlMs }) });
      return null;
    },
    'kv.history': async ({ bucket, key }) => (await (await kvOf(bucket)).history(key)).map(entryOf),
    'kv.keys': async ({ bucket, filters }) => (await kvOf(bucket)).keys({ ...(filters !== undefined && { filters }) }),
    'kv.watch': async ({ watch, bucket, ...options }) => {
      const started = await (
        await kvOf(bucket)
      ).watch({
        ...options,
        onUpdate: (update) =>
          sink({ kind: 'watch', watch, update: update === 'initial-done' ? update : entryOf(update) }),
      });
      watches.set(watch, started);
      return null;
    },
    'kv.unwatch': async ({ watch }) => {
      await watches.get(watch)?.stop();
      return null;
    },
  };
}

function received({ subject, payload, headers, reply }: Message): Received {
  return {
    subject: brand<Subject>(subject),
    body: base64(payload),
    ...(headers.length > 0 && { headers }),
    ...(reply !== undefined && { reply: brand<Subject>(reply) }),
  };
}

function replyOf({ payload, headers, error }: TranslatorReply): Reply {
  return { body: base64(payload), headers, ...(error !== undefined && { applicationError: error }) };
}
