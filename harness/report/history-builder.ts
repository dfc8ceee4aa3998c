import { brand, patternOf, subjectOf, utf8 } from '#core';
import type { Call, History, HistoryEvent, MessageId, OpId, ReceiverId, SessionId } from '#core';
import type { Nanos } from '#core';

/** Histories in a few words, for tests: events are a millisecond apart. */
export interface HistoryBuilder {
  readonly subscribe: (
    session: string,
    pattern: string,
    options?: { readonly queue?: string; readonly max?: number },
  ) => void;
  readonly flush: (session: string) => void;
  readonly publish: (id: string, subject: string, end?: 'ok' | 'fail' | 'info') => void;
  readonly deliver: (session: string, id: string | null, subject: string) => void;
  readonly call: (session: string, call: Call, end?: 'ok' | 'fail' | 'info') => void;
  readonly settle: (complete: boolean) => void;
  readonly history: () => History;
}

/** Message `a/0` is of session `a`; a session has one subscription, named after it. */
export function historyBuilder(): HistoryBuilder {
  const events: HistoryEvent[] = [];
  let operations = 0;
  const at = (): Nanos => brand<Nanos>(events.length * 1_000_000);
  const sessionOf = (name: string): SessionId => brand<SessionId>(name);
  const subscriptionOf = (session: string): ReceiverId => brand<ReceiverId>(`${session}/sub`);

  function call(name: string, made: Call, end: 'ok' | 'fail' | 'info' = 'ok'): void {
    const op = brand<OpId>(String(operations++));
    const session = sessionOf(name);
    events.push({ at: at(), session, kind: 'invoke', op, call: made });
    if (end === 'ok') events.push({ at: at(), session, kind: 'ok', op, output: null });
    else events.push({ at: at(), session, kind: end, op, error: 'timeout' });
  }

  return {
    call,
    subscribe: (session, pattern, options = {}) =>
      call(session, {
        name: 'subscribe',
        input: { subscription: subscriptionOf(session), pattern: patternOf(pattern), ...options },
      }),
    flush: (session) => call(session, { name: 'flush', input: {} }),
    publish: (id, subject, end) =>
      call(
        id.split('/')[0] ?? id,
        { name: 'publish', input: { subject: subjectOf(subject), id: brand<MessageId>(id), body: utf8(id) } },
        end,
      ),
    deliver(session, id, subject) {
      const message = {
        id: id === null ? null : brand<MessageId>(id),
        subject: subjectOf(subject),
        body: utf8(id ?? 'stray'),
      };
      const subscription = subscriptionOf(session);
      events.push({ at: at(), session: sessionOf(session), kind: 'deliver', subscription, message });
    },
    settle: (complete) => void events.push({ at: at(), kind: 'settled', complete }),
    history: () => ({ header, events: [...events] }),
  };
}

const header: History['header'] = {
  schema: 1,
  scenario: 'publish/order',
  rows: ['PUB-001'],
  target: 'embedded',
  profile: 'design',
  parameters: {},
  seed: 'friendly',
  choices: [],
  versions: {},
  reference: {},
};
