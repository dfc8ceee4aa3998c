import { brand, patternOf, subjectOf, utf8 } from '#core';
import type {
  Call,
  History,
  HistoryEvent,
  HistoryHeader,
  Input,
  Message,
  MessageId,
  Nanos,
  OpId,
  OpName,
  Output,
  ReceiverId,
  SessionId,
} from '#core';

/** A call that was written down and has not ended. */
export interface OpenCall<N extends OpName> {
  readonly index: number;
  readonly ok: (output: Output<N>) => number;
  readonly fail: (error: string) => number;
  readonly info: (error: string) => number;
}

/** Writes a history by hand, an event at a time; each method answers the index of its event. For tests. */
export interface HistoryWriter {
  readonly call: <N extends OpName>(session: string, name: N, input: Input<N>) => OpenCall<N>;
  /** A subscription that is active: `subscribe` and `flush`, both ended. Answers the index of the subscription. */
  readonly subscribe: (
    session: string,
    pattern: string,
    options?: { queue?: string; max?: number; id?: string },
  ) => number;
  /** A publish that ended; the body is the id unless `message` brings another. Answers the index of the publish. */
  readonly publish: (id: string, subject: string, message?: Partial<Message>) => number;
  readonly deliver: (subscription: string, id: string | null, message?: Partial<Message>) => number;
  readonly execute: (responder: string, id: string | null, message?: Partial<Message>) => number;
  readonly push: (event: HistoryEvent) => number;
  readonly settled: (complete?: boolean) => number;
  readonly sleep: (ms: number) => void;
  readonly history: () => History;
}

const header: HistoryHeader = {
  schema: 1,
  scenario: 'written/by-hand',
  rows: [],
  target: 'memory',
  profile: 'exact',
  parameters: {},
  seed: 'friendly',
  choices: [],
  versions: {},
  reference: {},
};

/** Receivers are named `session` or `session/…`, messages `session/n`: what is before the slash is their session. */
export function writeHistory(): HistoryWriter {
  const events: HistoryEvent[] = [];
  const subjects = new Map<string, string>();
  let operations = 0;
  let nowMs = 0;
  const at = () => brand<Nanos>(nowMs * 1e6);
  const sessionOf = (name: string) => brand<SessionId>(name.split('/')[0] ?? name);
  const push = (event: HistoryEvent): number => events.push(event) - 1;

  const pushMessage = (kind: 'deliver' | 'execute', receiver: string, id: string | null, rest?: Partial<Message>) => {
    const event = { at: at(), session: sessionOf(receiver), message: message(id, rest) };
    const name = brand<ReceiverId>(receiver);
    return push(kind === 'deliver' ? { ...event, kind, subscription: name } : { ...event, kind, responder: name });
  };

  function call<N extends OpName>(session: string, name: N, input: Input<N>): OpenCall<N> {
    const op = brand<OpId>(`${operations}`);
    operations += 1;
    const index = push({ at: at(), session: sessionOf(session), kind: 'invoke', op, call: callOf(name, input) });
    const end = (rest: { kind: 'ok'; output: unknown } | { kind: 'fail' | 'info'; error: string }) =>
      push({ at: at(), session: sessionOf(session), op, ...rest });
    return {
      index,
      ok: (output) => end({ kind: 'ok', output }),
      fail: (error) => end({ kind: 'fail', error }),
      info: (error) => end({ kind: 'info', error }),
    };
  }

  function message(id: string | null, rest: Partial<Message> = {}): Message {
    return {
      id: id === null ? null : brand<MessageId>(id),
      subject: subjectOf(subjects.get(id ?? '') ?? 'unknown'),
      body: utf8(id ?? 'bytes'),
      ...rest,
    };
  }

  return {
    call,
    push,
    subscribe(session, pattern, { id = session, ...options } = {}) {
      const subscription = brand<ReceiverId>(id);
      const opened = call(session, 'subscribe', { subscription, pattern: patternOf(pattern), ...options });
      opened.ok(null);
      call(session, 'flush', {}).ok(null);
      return opened.index;
    },
    publish(id, subject, { body = utf8(id), headers, reply } = {}) {
      subjects.set(id, subject);
      const opened = call(id, 'publish', {
        id: brand<MessageId>(id),
        subject: subjectOf(subject),
        body,
        ...(headers === undefined ? {} : { headers }),
        ...(reply === undefined ? {} : { reply }),
      });
      opened.ok(null);
      return opened.index;
    },
    deliver: (subscription, id, rest) => pushMessage('deliver', subscription, id, rest),
    execute: (responder, id, rest) => pushMessage('execute', responder, id, rest),
    settled: (complete = true) => push({ at: at(), kind: 'settled', complete }),
    sleep(ms) {
      nowMs += ms;
    },
    history: () => ({
      header,
      events: [...events],
    }),
  };
}

/** The pair of `name` and `input` is a `Call` for every name; TypeScript sees it only name by name, hence the overload. */
function callOf<N extends OpName>(name: N, input: Input<N>): Call;
function callOf(name: OpName, input: unknown): unknown {
  return { name, input };
}
