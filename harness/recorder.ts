import { brand, DefiniteError, IndefiniteError, utf8 } from '#core';
import type {
  Actor,
  Backend,
  Base64,
  Call,
  Clock,
  History,
  HistoryEvent,
  HistoryHeader,
  Input,
  Message,
  MessageId,
  Methods,
  Nanos,
  Notice,
  OpId,
  OpName,
  Output,
  PlainOp,
  Received,
  ReceiverId,
  SessionId,
  Settled,
} from '#core';

/** Writes down what a run does and sees. Opens sessions whose every call is recorded. */
export interface Recorder {
  readonly open: (name: string, options?: { readonly echo?: boolean }) => Promise<Actor>;
  readonly settled: (settled: Settled) => void;
  /** Calls that have begun and not ended, oldest first. */
  readonly outstanding: () => readonly string[];
  readonly history: (header: HistoryHeader) => History;
  /** Closes every session, last opened first. */
  readonly close: () => Promise<void>;
}

/**
 * Message ids are `session/n`: the same run, the same ids. A receiver's id is `session/pattern#n`. Calls named in `without`
 * are left out: they never begin, and resolve as a call that failed. A call's name is `session#n`, its place among the
 * session's calls, those left out included.
 */
export function createRecorder({
  backend,
  clock,
  signal,
  without = [],
}: {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly without?: readonly string[];
}): Recorder {
  const log = createLog(clock);
  const leftOut = new Set(without);
  const connections: AsyncDisposable[] = [];
  return {
    async open(name, options = {}) {
      const session = brand<SessionId>(name);
      const connection = await backend.open(session, (notice) => log.notice(session, notice), { signal, ...options });
      connections.push(connection);
      return actorOf({ session, log, methods: connection, signal, isLeftOut: nextOf(session, leftOut) });
    },
    settled: (settled) => log.push({ at: log.now(), kind: 'settled', ...settled }),
    outstanding: () => outstandingOf(log),
    history: (header) => ({ header, events: [...log.events] }),
    close: () => closeAll(connections.splice(0)),
  };
}

/** Last opened first, each also where another fails; Node 22 has no stack for it. */
async function closeAll(connections: readonly AsyncDisposable[]): Promise<void> {
  const errors: unknown[] = [];
  for (const connection of connections.toReversed()) {
    try {
      await connection[Symbol.asyncDispose]();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors, 'sessions did not close');
}

interface Log {
  readonly events: readonly HistoryEvent[];
  readonly now: () => Nanos;
  readonly push: (event: HistoryEvent) => void;
  readonly notice: (session: SessionId, notice: Notice) => void;
  /** Remembers whose bytes these are; two messages with the same bytes could not be told apart. */
  readonly publish: (id: MessageId, body: Base64) => void;
  /** Calls that threw what is no answer: they have ended, and no event says so. */
  readonly broken: Set<OpId>;
  /** How many operations began before this one. */
  readonly operations: () => number;
}

function createLog(clock: Clock): Log {
  const events: HistoryEvent[] = [];
  const ids = new Map<Base64, MessageId>();
  const startMs = clock.epochMs();
  let operations = 0;
  const now = (): Nanos => brand<Nanos>(Math.round((clock.epochMs() - startMs) * 1e6));

  function identify(received: Received): Message {
    return { ...received, id: ids.get(received.body) ?? null };
  }

  return {
    events,
    now,
    broken: new Set(),
    operations: () => operations++,
    push: (event) => void events.push(event),
    notice(session, notice) {
      const at = now();
      if (notice.kind === 'watch') events.push({ at, session, ...notice });
      else if (notice.kind === 'deliver') events.push({ at, session, ...notice, message: identify(notice.message) });
      else events.push({ at, session, ...notice, message: identify(notice.message) });
    },
    publish(id, body) {
      const other = ids.get(body);
      if (other !== undefined)
        throw new Error(`message '${id}' has the same bytes as '${other}': bodies must be distinct`);
      ids.set(body, id);
    },
  };
}

/** From what was written down: asked for where a run broke off, it costs the calls of others nothing. */
function outstandingOf({ events, broken }: Log): readonly string[] {
  const pending = new Map<OpId, string>();
  for (const event of events) {
    if (event.kind === 'invoke') pending.set(event.op, `${event.session} ${event.call.name}`);
    else if ('op' in event) pending.delete(event.op);
  }
  for (const op of broken) pending.delete(op);
  return [...pending.values()];
}

/** Names the session's calls as they come, and says whether the next is left out. */
function nextOf(session: SessionId, leftOut: ReadonlySet<string>): () => boolean {
  if (leftOut.size === 0) return () => false;
  let calls = 0;
  return () => leftOut.has(`${session}#${calls++}`);
}

interface Session {
  readonly session: SessionId;
  readonly log: Log;
  readonly methods: Methods;
  readonly signal: AbortSignal;
  readonly isLeftOut: () => boolean;
}

async function record<N extends OpName>(
  { session, log, methods, signal, isLeftOut }: Session,
  name: N,
  input: Input<N>,
): Promise<Output<N> | undefined> {
  if (isLeftOut()) return undefined;
  const op = brand<OpId>(`${log.operations()}`);
  log.push({ at: log.now(), session, kind: 'invoke', op, call: callOf(name, input) });
  try {
    const output = await methods[name](input, { signal });
    log.push({ at: log.now(), session, kind: 'ok', op, output });
    return output;
  } catch (error) {
    if (error instanceof DefiniteError) log.push({ at: log.now(), session, kind: 'fail', op, error: error.kind });
    else if (error instanceof IndefiniteError)
      log.push({ at: log.now(), session, kind: 'info', op, error: error.kind });
    else {
      log.broken.add(op);
      throw error;
    }
    return undefined;
  }
}

/** The pair of `name` and `input` is a `Call` for every name; TypeScript sees it only name by name, hence the overload. */
function callOf<N extends OpName>(name: N, input: Input<N>): Call;
function callOf(name: OpName, input: unknown): unknown {
  return { name, input };
}

/** The id and the body come last in what is written down. */
function withoutBody<M extends { readonly body?: Base64 }>(message: M): Omit<M, 'body'> {
  if (!('body' in message)) return message;
  const { body: _, ...rest } = message;
  return rest;
}

function actorOf(session: Session): Actor {
  const nothing: Record<string, never> = {};
  let messages = 0;
  let receivers = 0;

  function stamp(
    body: Base64 | undefined,
    textOf: (id: MessageId) => string = String,
  ): { readonly id: MessageId; readonly body: Base64 } {
    const id = brand<MessageId>(`${session.session}/${messages}`);
    messages += 1;
    const bytes = body ?? utf8(textOf(id));
    session.log.publish(id, bytes);
    return { id, body: bytes };
  }

  function receiver(label: string): ReceiverId {
    receivers += 1;
    return brand<ReceiverId>(`${session.session}/${label}#${receivers - 1}`);
  }

  const plain =
    <N extends PlainOp>(name: N) =>
    (input: Input<N>) =>
      record(session, name, input);

  return {
    id: session.session,
    async publish(message) {
      const { id, body } = stamp(message.body);
      await record(session, 'publish', { ...withoutBody(message), id, body });
      return id;
    },
    async subscribe(input) {
      const subscription = receiver(input.queue === undefined ? input.pattern : `${input.pattern}@${input.queue}`);
      await record(session, 'subscribe', { ...input, subscription });
      return subscription;
    },
    async unsubscribe(input) {
      await record(session, 'unsubscribe', input);
    },
    request: ({ body, ...rest }) => record(session, 'request', { ...rest, ...stamp(body, JSON.stringify) }),
    requestMany: ({ body, ...rest }) => record(session, 'request-many', { ...rest, ...stamp(body, JSON.stringify) }),
    async respond(input) {
      const responder = receiver(input.pattern);
      await record(session, 'respond', { ...input, responder });
      return responder;
    },
    async watch(input) {
      const watch = receiver(`${input.bucket} watch`);
      await record(session, 'kv.watch', { ...input, watch });
      return watch;
    },
    async unwatch(input) {
      await record(session, 'kv.unwatch', input);
    },
    flush: () => record(session, 'flush', nothing),
    drain: () => record(session, 'drain', nothing),
    close: () => record(session, 'close', nothing),
    crash: () => record(session, 'crash', nothing),
    'kv.open': plain('kv.open'),
    'kv.put': plain('kv.put'),
    'kv.get': plain('kv.get'),
    'kv.create': plain('kv.create'),
    'kv.update': plain('kv.update'),
    'kv.delete': plain('kv.delete'),
    'kv.purge': plain('kv.purge'),
    'kv.history': plain('kv.history'),
    'kv.keys': plain('kv.keys'),
  };
}
