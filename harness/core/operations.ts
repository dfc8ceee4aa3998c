import type { Base64, MessageId, ReceiverId, Subject, SubjectPattern } from './brand.ts';

/** Name and value as written by the publisher; names may repeat, order and case count. */
export type Header = readonly [name: string, value: string];

/** What a subscriber does with each message before it is done with it. */
export interface Handling {
  /** How long the handler works on one message. */
  readonly takesMs?: number;
  /** The handler fails on the first so many attempts of each message, then succeeds. */
  readonly failsFirst?: number;
}

/** A responder as data, so that one scenario runs it as a subscriber, a polling agent or deployed Lambda code. */
export type Responder =
  /** Replies with the request's body. */
  | { readonly kind: 'echo' }
  /** Replies with an application error that carries `message`. */
  | { readonly kind: 'fail'; readonly message: string }
  /** Executes and never replies. */
  | { readonly kind: 'silent' }
  /** Replies with the request's body after `ms`. With `jitterMs` the body's own hash spreads the delay over that range. */
  | { readonly kind: 'delay'; readonly ms: number; readonly jitterMs?: number }
  /** Replies with the number of requests this very responder has executed, as decimal text, from 1. */
  | { readonly kind: 'count' }
  /** Replies with JSON `{subject, reply, headers}`: what it saw of the request. */
  | { readonly kind: 'describe' }
  /** Replies `replies` times, each the request's body and a decimal counter from 0, separated by a colon. */
  | { readonly kind: 'several'; readonly replies: number }
  /** Replies with exactly `body`. */
  | { readonly kind: 'fixed'; readonly body: Base64 }
  /** Replies with so many bytes of zero. */
  | { readonly kind: 'sized'; readonly bytes: number };

export interface Reply {
  readonly body: Base64;
  readonly headers: readonly Header[];
  /** Set where the responder reported an application error: its message. */
  readonly applicationError?: string;
}

export interface KvEntry {
  readonly key: string;
  readonly value: Base64;
  /** `null` where the profile keeps no revisions. */
  readonly revision: number | null;
  readonly operation: 'PUT' | 'DEL' | 'PURGE';
}

export interface KvBucket {
  readonly bucket: string;
  /** Values kept per key, 1 (the default) to 64. */
  readonly history?: number;
  /** Every value expires so long after it was written. */
  readonly ttlMs?: number;
  /** Markers of expiry are kept so long; per-key TTL needs it. */
  readonly markerTtlMs?: number;
}

export interface KvWatch {
  readonly watch: ReceiverId;
  readonly bucket: string;
  /** Key filters with `*` and `>`; all keys where absent. */
  readonly filters?: readonly string[];
  /** What comes before live updates; `latest` is the default. */
  readonly include?: 'latest' | 'history' | 'updates';
  readonly ignoreDeletes?: boolean;
  readonly metaOnly?: boolean;
  readonly resumeFromRevision?: number;
}

type Written = { readonly revision: number | null };

/**
 * The vocabulary: plain data in, plain data out. A new entry is a type error in every back end until it is written.
 *
 * A call that definitely had no effect throws `DefiniteError`; any other error means that it may have had one.
 */
export interface Operations {
  publish: {
    input: {
      readonly subject: Subject;
      readonly id: MessageId;
      readonly body: Base64;
      readonly headers?: readonly Header[];
      readonly reply?: Subject;
    };
    output: null;
  };
  subscribe: {
    input: {
      readonly subscription: ReceiverId;
      readonly pattern: SubjectPattern;
      readonly queue?: string;
      /** Ends by itself after so many messages. */
      readonly max?: number;
      readonly handling?: Handling;
    };
    output: null;
  };
  unsubscribe: { input: { readonly subscription: ReceiverId; readonly max?: number }; output: null };
  /** Throws `DefiniteError('no-responders')` at once where nobody listens, `Error('timeout')` at the deadline. */
  request: {
    input: {
      readonly subject: Subject;
      readonly id: MessageId;
      readonly body: Base64;
      readonly headers?: readonly Header[];
      readonly timeoutMs: number;
    };
    output: Reply;
  };
  'request-many': {
    input: {
      readonly subject: Subject;
      readonly id: MessageId;
      readonly body: Base64;
      readonly timeoutMs: number;
      readonly repliesMax?: number;
    };
    output: readonly Reply[];
  };
  respond: {
    input: {
      readonly responder: ReceiverId;
      readonly pattern: SubjectPattern;
      readonly queue?: string;
      readonly behaviour: Responder;
    };
    output: null;
  };
  /** All earlier publishes of the session are with the broker, all its subscriptions are active. */
  flush: { input: Record<string, never>; output: null };
  /** Takes no new messages, handles what is buffered, flushes and closes. */
  drain: { input: Record<string, never>; output: null };
  close: { input: Record<string, never>; output: null };
  /** The process behind the session dies: nothing is flushed, acknowledged or handed back. */
  crash: { input: Record<string, never>; output: null };
  /** Makes the bucket, or opens it where it is there. */
  'kv.open': { input: KvBucket; output: null };
  'kv.put': { input: { readonly bucket: string; readonly key: string; readonly value: Base64 }; output: Written };
  'kv.get': { input: { readonly bucket: string; readonly key: string }; output: KvEntry | null };
  /** Throws `DefiniteError('wrong-revision')` where the key exists. */
  'kv.create': {
    input: { readonly bucket: string; readonly key: string; readonly value: Base64; readonly ttlMs?: number };
    output: Written;
  };
  /** Throws `DefiniteError('wrong-revision')` where the key's revision is another. */
  'kv.update': {
    input: { readonly bucket: string; readonly key: string; readonly value: Base64; readonly revision: number };
    output: Written;
  };
  'kv.delete': { input: { readonly bucket: string; readonly key: string; readonly revision?: number }; output: null };
  'kv.purge': { input: { readonly bucket: string; readonly key: string; readonly ttlMs?: number }; output: null };
  /** Oldest first. */
  'kv.history': { input: { readonly bucket: string; readonly key: string }; output: readonly KvEntry[] };
  /** Keys that hold a value, sorted. */
  'kv.keys': { input: { readonly bucket: string; readonly filters?: readonly string[] }; output: readonly string[] };
  'kv.watch': { input: KvWatch; output: null };
  'kv.unwatch': { input: { readonly watch: ReceiverId }; output: null };
}

export type OpName = keyof Operations;
export type Input<N extends OpName> = Operations[N]['input'];
export type Output<N extends OpName> = Operations[N]['output'];
/** One call; narrows on `name`. */
export type Call = { [N in OpName]: { readonly name: N; readonly input: Input<N> } }[OpName];
