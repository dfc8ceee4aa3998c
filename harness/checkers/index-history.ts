import { durationOf } from '#core';
import type { History, HistoryEvent, Message, MessageId, OpId, OpName, ReceiverId, Settled, Subject } from '#core';
import { isNamed } from './operation.ts';
import type { End, Operation } from './operation.ts';
import { receiversOf } from './receivers.ts';
import type { Receiver } from './receivers.ts';

/** A message on its way out: a publish or a request. */
export interface Sent {
  /** Position among all that was sent, from 0. */
  readonly number: number;
  readonly id: MessageId;
  readonly subject: Subject;
  readonly operation: Operation<'publish'> | Operation<'request'> | Operation<'request-many'>;
}

/** A message that reached a subscription, or a request that a responder executed. */
export interface Delivery {
  readonly index: number;
  readonly at: number;
  readonly receiver: ReceiverId;
  readonly message: Message;
  /** Absent where its bytes match nothing that was sent. */
  readonly sent: Sent | undefined;
  /** Index of the first delivery of the message to this receiver; its own where it is that. */
  readonly firstAt: number;
}

/** By receiver and number of the message: the index of its first delivery. */
export type Arrivals = ReadonlyMap<ReceiverId, readonly (number | undefined)[]>;

export interface HistoryIndex {
  readonly events: readonly HistoryEvent[];
  /** In the order of their invocation. */
  readonly operations: readonly Operation[];
  readonly sent: ReadonlyMap<MessageId, Sent>;
  readonly receivers: ReadonlyMap<ReceiverId, Receiver>;
  readonly deliveries: readonly Delivery[];
  readonly arrivals: Arrivals;
  /** What responders executed. */
  readonly executions: readonly Delivery[];
  /** Indexes of the complete settlings. */
  readonly settlings: readonly number[];
  /** The history was settled, and each time completely, so that absence proves something. */
  readonly complete: boolean;
  /** ` within the horizon of 15 min` where something was due later than that; else empty. */
  readonly within: string;
}

const known = new WeakMap<History, HistoryIndex>();

/** The history, by what checkers ask for. Made once for each history. O(events + receivers × barriers). */
export function indexHistory(history: History): HistoryIndex {
  const found = known.get(history);
  if (found !== undefined) return found;
  const made = makeIndex(history);
  known.set(history, made);
  return made;
}

/** The operations of some names, in the order of their invocation. */
export function operationsOf<N extends OpName>(index: HistoryIndex, ...names: readonly N[]): readonly Operation<N>[] {
  return index.operations.filter((operation): operation is Operation<N> & Operation =>
    names.some((name) => name === operation.call.name),
  );
}

function makeIndex({ events }: History): HistoryIndex {
  const ends = endsOf(events);
  const operations: Operation[] = [];
  const sent = new Map<MessageId, Sent>();
  const deliveries = collectDeliveries(sent);
  const executions = collectDeliveries(sent);
  const settlings: (Settled & { readonly index: number })[] = [];
  for (const [index, event] of events.entries()) {
    const { at } = event;
    switch (event.kind) {
      case 'invoke': {
        const operation: Operation = {
          op: event.op,
          session: event.session,
          call: event.call,
          index,
          at,
          end: ends.get(event.op),
        };
        operations.push(operation);
        if (isSending(operation)) {
          const { id, subject } = operation.call.input;
          sent.set(id, { number: sent.size, id, subject, operation });
        }
        break;
      }
      case 'deliver':
        deliveries.add(index, at, event.subscription, event.message);
        break;
      case 'execute':
        executions.add(index, at, event.responder, event.message);
        break;
      case 'settled':
        settlings.push({ ...event, index });
        break;
      case 'ok':
      case 'fail':
      case 'info':
      case 'watch':
        break;
      default:
        event satisfies never;
    }
  }
  return {
    events,
    operations,
    sent,
    receivers: receiversOf(operations, settlings),
    deliveries: deliveries.all,
    arrivals: deliveries.arrivals,
    executions: executions.all,
    settlings: settlings.filter(({ complete }) => complete).map(({ index }) => index),
    complete: settlings.length > 0 && settlings.every(({ complete }) => complete),
    within: withinHorizon(settlings),
  };
}

function withinHorizon(settlings: readonly Settled[]): string {
  const horizonMs = settlings.find((settled) => settled.horizonMs !== undefined)?.horizonMs;
  return horizonMs === undefined ? '' : ` within the horizon of ${durationOf(horizonMs)}`;
}

/** Messages are sent before they arrive, so that one look at what was sent so far is enough. */
function collectDeliveries(sent: ReadonlyMap<MessageId, Sent>) {
  const all: Delivery[] = [];
  const arrivals = new Map<ReceiverId, (number | undefined)[]>();
  return {
    all,
    arrivals,
    add(index: number, at: number, receiver: ReceiverId, message: Message): void {
      const source = message.id === null ? undefined : sent.get(message.id);
      let firstAt = index;
      if (source !== undefined) {
        let got = arrivals.get(receiver);
        if (got === undefined) arrivals.set(receiver, (got = []));
        const before = got[source.number];
        if (before === undefined) got[source.number] = index;
        else firstAt = before;
      }
      all.push({ index, at, receiver, message, sent: source, firstAt });
    },
  };
}

function endsOf(events: readonly HistoryEvent[]): ReadonlyMap<OpId, End> {
  const ends = new Map<OpId, End>();
  for (const [index, event] of events.entries()) {
    if (event.kind === 'ok') ends.set(event.op, { kind: 'ok', index, at: event.at, output: event.output });
    else if (event.kind === 'fail' || event.kind === 'info') {
      ends.set(event.op, { kind: event.kind, index, at: event.at, error: event.error });
    }
  }
  return ends;
}

function isSending(operation: Operation): operation is Sent['operation'] & Operation {
  return isNamed(operation, 'publish') || isNamed(operation, 'request') || isNamed(operation, 'request-many');
}
