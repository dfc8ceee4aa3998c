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
} from '#core';

/** Writes down what a run does and sees. Opens sessions whose every call is recorded. */
export interface Recorder {
  readonly open: (name: string, options?: { readonly echo?: boolean }) => Promise<Actor>;
  readonly settled: (complete: boolean) => void;
  /** Calls that have begun and not ended, oldest first. */
  readonly outstanding: () => readonly string[];
  readonly history: (header: HistoryHeader) => History;
  /** Closes every session, last opened first. */
  readonly close: () => Promise<void>;
}

/** Message ids are `session/n`: the same run, the same ids. A receiver's id is `session/pattern#n`. */
export function createRecorder({
  backend,
  clock,
  signal,
}: {
  readonly backend: Backend;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): Recorder {
  const events: HistoryEvent[] = [];
  const ids = new Map<Base64, MessageId>();
  const pending = new Map<OpId, string>();
  const connections = new AsyncDisposableStack();
  const startMs = clock.epochMs();
  let ops = 0;

  const now = (): Nanos => brand<Nanos>(Math.round((clock.epochMs() - startMs) * 1e6));

  function identify({ subject, body, headers, reply }: Received): Message {
    return {
      id: ids.get(body) ?? null,
      subject,
      body,
      ...(headers === undefined ? {} : { headers }),
      ...(reply === undefined ? {} : { reply }),
    };
  }

  function note(session: SessionId, notice: Notice): void {
    switch (notice.kind) {
      case 'deliver':
        events.push({
          at: now(),
          session,
          kind: 'deliver',
          subscription: notice.subscription,
          message: identify(notice.message),
        });
        return;
      case 'execute':
        events.push({
          at: now(),
          session,
          kind: 'execute',
          responder: notice.responder,
          message: identify(notice.message),
        });
        return;
      case 'watch':
        events.push({ at: now(), session, kind: 'watch', watch: notice.watch, update: notice.update });
        return;
      default:
        notice satisfies never;
    }
  }

  async function open(name: string, options: { readonly echo?: boolean } = {}): Promise<Actor> {
    const session = brand<SessionId>(name);
    const connection = await backend.open(session, (notice) => note(session, notice), { signal, ...options });
    connections.use(connection);
    const methods: Methods = connection;
    let messages = 0;
    let receivers = 0;

    async function record<N extends OpName>(name: N, input: Input<N>): Promise<Output<N> | undefined> {
      const op = brand<OpId>(`${ops}`);
      ops += 1;
      pending.set(op, `${session} ${name}`);
      events.push({ at: now(), session, kind: 'invoke', op, call: callOf(name, input) });
      try {
        const output = await methods[name](input, { signal });
        events.push({ at: now(), session, kind: 'ok', op, output });
        return output;
      } catch (error) {
        if (error instanceof DefiniteError) events.push({ at: now(), session, kind: 'fail', op, error: error.kind });
        else if (error instanceof IndefiniteError)
          events.push({ at: now(), session, kind: 'info', op, error: error.kind });
        else throw error;
        return undefined;
      } finally {
        pending.delete(op);
      }
    }

    function stamp(body: Base64 | undefined): { readonly id: MessageId; readonly body: Base64 } {
      const id = brand<MessageId>(`${session}/${messages}`);
      messages += 1;
      const bytes = body ?? utf8(id);
      const other = ids.get(bytes);
      if (other !== undefined)
        throw new Error(`message '${id}' has the same bytes as '${other}': bodies must be distinct`);
      ids.set(bytes, id);
      return { id, body: bytes };
    }

    function receiver(label: string): ReceiverId {
      const id = brand<ReceiverId>(`${session}/${label}#${receivers}`);
      receivers += 1;
      return id;
    }

    return actorOf({ session, record, stamp, receiver });
  }

  return {
    open,
    settled: (complete) => void events.push({ at: now(), kind: 'settled', complete }),
    outstanding: () => [...pending.values()],
    history: (header) => ({ header, events: [...events] }),
    close: () => connections.disposeAsync(),
  };
}

/** The pair of `name` and `input` is a `Call` for every name; TypeScript sees it only name by name, hence the overload. */
function callOf<N extends OpName>(name: N, input: Input<N>): Call;
function callOf(name: OpName, input: unknown): unknown {
  return { name, input };
}

interface Parts {
  readonly session: SessionId;
  readonly record: <N extends OpName>(name: N, input: Input<N>) => Promise<Output<N> | undefined>;
  readonly stamp: (body: Base64 | undefined) => { readonly id: MessageId; readonly body: Base64 };
  readonly receiver: (label: string) => ReceiverId;
}

function actorOf({ session, record, stamp, receiver }: Parts): Actor {
  const nothing: Record<string, never> = {};
  const plain =
    <N extends PlainOp>(name: N) =>
    (input: Input<N>) =>
      record(name, input);
  return {
    id: session,
    async publish({ body, ...rest }) {
      const stamped = stamp(body);
      await record('publish', { ...rest, ...stamped });
      return stamped.id;
    },
    async subscribe(input) {
      const subscription = receiver(input.queue === undefined ? input.pattern : `${input.pattern}@${input.queue}`);
      await record('subscribe', { ...input, subscription });
      return subscription;
    },
    async unsubscribe(input) {
      await record('unsubscribe', input);
    },
    request: ({ body, ...rest }) => record('request', { ...rest, ...stamp(body) }),
    requestMany: ({ body, ...rest }) => record('request-many', { ...rest, ...stamp(body) }),
    async respond(input) {
      const responder = receiver(input.pattern);
      await record('respond', { ...input, responder });
      return responder;
    },
    async watch(input) {
      const watch = receiver(`${input.bucket} watch`);
      await record('kv.watch', { ...input, watch });
      return watch;
    },
    async unwatch(input) {
      await record('kv.unwatch', input);
    },
    flush: () => record('flush', nothing),
    drain: () => record('drain', nothing),
    close: () => record('close', nothing),
    crash: () => record('crash', nothing),
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
