import type { Call, HistoryEvent, OpId, ReceiverId, SessionId, SubjectPattern } from '#core';

/** A subscription or a responder, with the stretch of the history in which it was certainly active. */
export interface Receiver {
  readonly id: ReceiverId;
  readonly session: SessionId;
  readonly pattern: SubjectPattern;
  readonly queue?: string;
  /** Index of the flush that confirmed it; `Infinity` where none did. */
  readonly activeFrom: number;
  /** Index of what ended it, or may have; `Infinity` where nothing did. */
  readonly endsAt: number;
}

/** What gets one copy of a message: a queue group, or a receiver by itself. */
export function unitOf({ id, queue }: Receiver): string {
  return queue === undefined ? `one ${id}` : `group ${queue}`;
}

/** The receivers of a history by id. One that ends by itself after so many messages is never certain. */
export function indexReceivers(events: readonly HistoryEvent[]): ReadonlyMap<ReceiverId, Receiver> {
  const receivers = new Map<ReceiverId, Receiver>();
  const calls = new Map<OpId, Call>();
  const update = (concerned: (receiver: Receiver) => boolean, change: Partial<Receiver>): void => {
    for (const [id, receiver] of receivers) if (concerned(receiver)) receivers.set(id, { ...receiver, ...change });
  };
  for (const [index, event] of events.entries()) {
    if (event.kind === 'invoke') {
      const { call, session } = event;
      calls.set(event.op, call);
      const receiver = receiverOf(call, session);
      if (receiver !== undefined) receivers.set(receiver.id, receiver);
      if (call.name === 'unsubscribe') update((one) => one.id === call.input.subscription, { endsAt: index });
      if (call.name === 'close' || call.name === 'drain' || call.name === 'crash')
        update((one) => one.session === session && one.endsAt === Infinity, { endsAt: index });
    }
    if (event.kind === 'ok' && calls.get(event.op)?.name === 'flush')
      update((one) => one.session === event.session && one.activeFrom === Infinity, { activeFrom: index });
  }
  return receivers;
}

function receiverOf(call: Call, session: SessionId): Receiver | undefined {
  if (call.name !== 'subscribe' && call.name !== 'respond') return undefined;
  const { pattern, queue } = call.input;
  const id = call.name === 'subscribe' ? call.input.subscription : call.input.responder;
  const endsByItself = call.name === 'subscribe' && call.input.max !== undefined;
  return {
    id,
    session,
    pattern,
    activeFrom: Infinity,
    endsAt: endsByItself ? -Infinity : Infinity,
    ...(queue === undefined ? {} : { queue }),
  };
}
