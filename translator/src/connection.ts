import type { AwsClients } from './clients.ts';
import type { Clock } from './clock.ts';
import type { Kv, KvOptions } from './kv.ts';

/** Name and value as written by the publisher; names may repeat, order and case count. */
export type Header = readonly [name: string, value: string];

/** A message as a subscription hands it over. */
export interface Message {
  readonly subject: string;
  readonly payload: Uint8Array;
  readonly headers: readonly Header[];
  readonly reply?: string;
}

/** What a responder answers: one reply, several, or none. An error it throws reaches the requester as an application error. */
export type Responder = (message: Message) => Promise<readonly ReplyContent[]>;

export interface ReplyContent {
  readonly payload: Uint8Array;
  readonly headers?: readonly Header[];
}

/** A reply as the requester gets it; `error` is what a responder reported with the headers of a NATS service error. */
export interface Reply {
  readonly payload: Uint8Array;
  readonly headers: readonly Header[];
  readonly error?: string;
}

/**
 * Called for each message in turn; the next waits for it. In profiles that delete after handling, an error leaves the
 * message with the queue.
 */
export type Handler = (message: Message) => void | Promise<void>;

export interface SubscribeOptions {
  /** The queue group: each message goes to one of its members. */
  readonly queue?: string;
  /** Ends by itself after so many messages. */
  readonly max?: number;
  /** Without it the subscription is iterated. */
  readonly handler?: Handler;
}

/** Ends its iteration when it is unsubscribed, has had its `max`, or the connection closes. */
export interface Subscription extends AsyncIterable<Message> {
  /** At once, or after `max` messages counted from the beginning. */
  readonly unsubscribe: (max?: number) => Promise<void>;
  /** Takes no new messages and resolves when those at hand are handled. */
  readonly drain: () => Promise<void>;
  /** Rejects with what ended the subscription other than its owner. */
  readonly closed: Promise<void>;
}

/** A connection with the shape of a NATS client's. */
export interface Connection extends AsyncDisposable {
  readonly publish: (
    subject: string,
    payload: Uint8Array,
    options?: { readonly headers?: readonly Header[]; readonly reply?: string },
  ) => Promise<void>;
  readonly subscribe: (pattern: string, options?: SubscribeOptions) => Promise<Subscription>;
  /** @throws NoRespondersError at once where nobody listens; TimeoutError at the deadline. */
  readonly request: (
    subject: string,
    payload: Uint8Array,
    options: { readonly timeoutMs: number; readonly headers?: readonly Header[] },
  ) => Promise<Reply>;
  /** Collects replies until the deadline or until there are `repliesMax`. */
  readonly requestMany: (
    subject: string,
    payload: Uint8Array,
    options: { readonly timeoutMs: number; readonly repliesMax?: number; readonly headers?: readonly Header[] },
  ) => Promise<readonly Reply[]>;
  readonly respond: (
    pattern: string,
    responder: Responder,
    options?: { readonly queue?: string },
  ) => Promise<Subscription>;
  readonly kv: (bucket: string, options?: KvOptions) => Promise<Kv>;
  /** All earlier publishes are with AWS. */
  readonly flush: () => Promise<void>;
  /** Takes no new messages, handles what is at hand, flushes and closes. */
  readonly drain: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** Stops at once, as when the process dies: nothing is flushed, deleted or handed back. */
  readonly abandon: () => void;
}

export interface ConnectOptions {
  readonly clients: AwsClients;
  readonly clock: Clock;
  /** In [0, 1), seeded where runs are to repeat: ids and the spread of retries. */
  readonly random: () => number;
  /** Begins the names of all resources: letters, digits, `-` and `_`, at most 24. */
  readonly prefix: string;
  /** The publisher's name for the life of the connection; a random one where absent. */
  readonly name?: string;
  /** `false`: the connection's own messages do not come back to it. */
  readonly echo?: boolean;
  /** Of queues whose profile leaves it open, 0 to 43,200 seconds. */
  readonly visibilityTimeoutSeconds?: number;
  /** Told of errors nobody waits for: a poll that failed and goes on, a handler that threw. */
  readonly onError?: (error: unknown) => void;
}
