import { brand, bytesOf, DefiniteError } from '#core';
import type { Base64, Header, Input, Methods, Notice, Received, ReceiverId, Reply, Session, SessionId } from '#core';
import { answer } from '../answer.ts';
import type { Is } from './bucket-state.ts';
import type { Broker, Member } from './broker.ts';
import type { Bucket } from './bucket.ts';
import type { Inboxes } from './requesting.ts';
import { createReceiver } from './receiving.ts';
import type { Receiving } from './receiving.ts';

/** What all sessions of a run share. */
export interface Shared extends Receiving {
  readonly broker: Broker;
  readonly inboxes: Inboxes;
  readonly buckets: Map<string, Bucket>;
  readonly openBucket: (limits: Input<'kv.open'>) => Bucket;
  /** With their bucket. */
  readonly messageIds: Set<string>;
  readonly counters: { executions: number; publishes: number };
}

interface Context {
  readonly shared: Shared;
  readonly member: Member;
  readonly sink: (notice: Notice) => void;
  readonly receivers: Map<ReceiverId, ReturnType<typeof createReceiver>>;
  readonly watches: Map<ReceiverId, () => void>;
}

/** The vocabulary on the broker; every call of a session that is over fails as `closed`. */
export function createSession(
  shared: Shared,
  id: SessionId,
  options: { readonly echo: boolean; readonly sink: (notice: Notice) => void },
): Session {
  const member: Member = { id, echo: options.echo, alive: true };
  const context: Context = { shared, member, sink: options.sink, receivers: new Map(), watches: new Map() };
  const methods = { ...messaging(context), ...requests(context), ...keyValue(context), ...endings(context) };
  return {
    ...guarded(methods, member),
    [Symbol.asyncDispose]: async () => {
      if (member.alive) end(context);
    },
  };
}

/** An overload, since each method is wrapped alike. */
function guarded(methods: Methods, member: Member): Methods;
function guarded(
  methods: Readonly<Record<string, (...parameters: never[]) => Promise<unknown>>>,
  member: Member,
): unknown {
  const wrapped = Object.entries(methods).map(([name, method]) => [
    name,
    async (...parameters: never[]) => {
      if (!member.alive) throw new DefiniteError('closed');
      return method(...parameters);
    },
  ]);
  return Object.fromEntries(wrapped);
}

type Names<N extends keyof Methods> = Pick<Methods, N>;

const payloadBytesMax = 1_048_576;

function messaging({ shared, member, sink, receivers }: Context): Names<'publish' | 'subscribe' | 'unsubscribe'> {
  const { broker, is, clock } = shared;
  return {
    async publish({ subject, body, headers, reply }) {
      if (/\s/.test(subject)) throw new DefiniteError('invalid-subject');
      if (bytesOf(body).length > payloadBytesMax) throw new DefiniteError('too-large');
      shared.counters.publishes += 1;
      if (is('swallows-failure') && shared.counters.publishes % 5 === 0) return null;
      if (subject.startsWith('$KV.')) putRaw(shared, subject, body, headers);
      const message = { subject, body, ...(headers && { headers }), ...(reply && { reply }) };
      const heard = broker.publish(message, member);
      if (is('refuses-unknown-subject') && heard.length === 0) throw new DefiniteError('not-found');
      if (is('publish-waits')) await Promise.all(heard.map((receiver) => receiver.idle()));
      return null;
    },
    async subscribe({ subscription, pattern, queue, max, handling }) {
      if (isFaulty(pattern) && !is('takes-any-filter')) throw new DefiniteError('invalid-subject');
      if (is('no-wildcard-group') && queue !== undefined && /[*>]/.test(pattern)) throw new DefiniteError('unmappable');
      const handle = (message: Received) => sink({ kind: 'deliver', subscription, message });
      const receiver = createReceiver(shared, { member, pattern, queue, max, handling, handle });
      receivers.set(subscription, receiver);
      broker.subscribe(receiver);
      return null;
    },
    async unsubscribe({ subscription, max }) {
      const receiver = receivers.get(subscription);
      if (receiver === undefined) return null;
      if (max !== undefined) receiver.left = max + (is('ends-one-late') ? 1 : 0);
      else if (is('delivers-after-unsubscribe')) clock.at(clock.epochMs() + 50, () => void (receiver.open = false));
      else {
        receiver.open = false;
        broker.receivers.delete(receiver);
      }
      return null;
    },
  };
}

function isFaulty(pattern: string): boolean {
  return pattern.split('.').includes('') || /\s/.test(pattern) || /(?:^|\.)>\./.test(pattern);
}

/** A bucket is a stream: what is published to the subject of a key is its value, a message id once. */
function putRaw(
  { buckets, messageIds, is }: Shared,
  subject: string,
  value: Base64,
  headers: readonly Header[] = [],
): void {
  const [, bucket = '', ...key] = subject.split('.');
  const id = headers.find(([name]) => name === 'Nats-Msg-Id')?.[1];
  const known = `${bucket} ${id}`;
  if (id !== undefined && messageIds.has(known) && !is('forgets-message-ids')) return;
  messageIds.add(known);
  buckets.get(bucket)?.put({ bucket, key: key.join('.'), value });
}

function requests({ shared, member, sink, receivers }: Context): Names<'request' | 'request-many' | 'respond'> {
  const { broker, inboxes, clock, is, counters } = shared;
  return {
    request: (input) => inboxes.request(member, input),
    'request-many': (input) => inboxes.requestMany(member, input),
    async respond({ responder, pattern, queue, behaviour }) {
      let own = 0;
      const working = new Set<Received>();
      const handle = (message: Received): void => {
        own += 1;
        counters.executions += 1;
        sink({ kind: 'execute', responder, message });
        const { reply } = message;
        if (reply === undefined) return;
        const executions = is('any-agent-answers') ? counters.executions : own;
        const { afterMs, replies, error } = answer(behaviour, message, executions);
        working.add(message);
        const send = () => {
          working.delete(message);
          if (!member.alive) return;
          if (error !== undefined) inboxes.reply(reply, applicationError(error, is));
          for (const body of replies) {
            if (bytesOf(body).length <= payloadBytesMax) inboxes.reply(reply, { body, headers: [] });
          }
        };
        clock.at(clock.epochMs() + afterMs, send);
      };
      const receiver = createReceiver(shared, { member, pattern, queue, max: undefined, handling: undefined, handle });
      receivers.set(responder, { ...receiver, inHand: () => [...working] });
      broker.subscribe(receiver);
      return null;
    },
  };
}

function applicationError(message: string, is: Is): Reply {
  const headers = [
    ['Nats-Service-Error', message],
    ['Nats-Service-Error-Code', '500'],
  ] as const;
  const body = brand<Reply['body']>('');
  return is('error-as-reply') ? { body, headers: [] } : { body, headers, applicationError: message };
}

function keyValue({ shared, sink, watches }: Context): Names<Extract<keyof Methods, `kv.${string}`>> {
  const on = ({ bucket }: { readonly bucket: string }): Bucket => {
    const found = shared.buckets.get(bucket);
    if (found === undefined) throw new DefiniteError('no-responders');
    return found;
  };
  return {
    'kv.open': async (limits) => {
      if (!/^[-\w]+$/.test(limits.bucket)) throw new DefiniteError('invalid-bucket');
      shared.openBucket(limits);
      return null;
    },
    'kv.put': async (input) => ({ revision: on(input).put(input) }),
    'kv.get': async (input) => on(input).get(input.key),
    'kv.create': async (input) => ({ revision: on(input).create(input) }),
    'kv.update': async (input) => ({ revision: on(input).update(input) }),
    'kv.delete': async (input) => {
      on(input).remove(input);
      return null;
    },
    'kv.purge': async (input) => {
      on(input).purge(input);
      return null;
    },
    'kv.history': async (input) => on(input).history(input.key),
    'kv.keys': async (input) => on(input).keys(input.filters),
    'kv.watch': async (watch) => {
      const tell = (update: Extract<Notice, { kind: 'watch' }>['update']) =>
        sink({ kind: 'watch', watch: watch.watch, update });
      watches.set(watch.watch, on(watch).watch({ watch, tell }));
      return null;
    },
    'kv.unwatch': async ({ watch }) => {
      watches.get(watch)?.();
      return null;
    },
  };
}

function endings(context: Context): Names<'flush' | 'drain' | 'close' | 'crash'> {
  const { shared, receivers } = context;
  return {
    flush: async () => null,
    async drain() {
      for (const receiver of receivers.values()) shared.broker.receivers.delete(receiver);
      await Promise.all([...receivers.values()].map((receiver) => receiver.idle()));
      end(context);
      return null;
    },
    async close() {
      end(context);
      return null;
    },
    async crash() {
      const inHand = [...receivers.values()].flatMap((receiver) =>
        receiver.queue === undefined ? [] : receiver.inHand(),
      );
      end(context);
      const again = shared.is('redelivers-after-crash') || shared.is('retries-elsewhere');
      if (again) for (const message of inHand) shared.broker.publish(message, context.member);
      return null;
    },
  };
}

function end({ shared, member, watches }: Context): void {
  member.alive = false;
  for (const stop of watches.values()) stop();
  shared.inboxes.abandon(member);
}
