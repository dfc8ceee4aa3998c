import { bytesOf, filterMatches, base64, utf8 } from '#core';
import type { Base64, History, MessageId, Reply, Responder } from '#core';
import { indexHistory, operationsOf } from './index-history.ts';
import type { Delivery, HistoryIndex } from './index-history.ts';
import type { Operation } from './operation.ts';
import { repliesOf, replyOf } from './outputs.ts';
import type { Receiver } from './receivers.ts';

/** A request, those who were certainly there to answer it, and what became of it. */
export interface Asked {
  readonly id: MessageId;
  readonly operation: Operation<'request' | 'request-many'>;
  readonly responders: readonly Answering[];
  /** Nothing that matches its subject was there at any time before its end. */
  readonly isToNobody: boolean;
  readonly executions: readonly Delivery[];
  /** Those it was answered with; none where it failed. */
  readonly replies: readonly Reply[];
  /** From the call to its end; `Infinity` where it has none. */
  readonly tookMs: number;
}

/** A responder that was active before the request, and had not begun to end when the request had ended. */
export interface Answering {
  readonly receiver: Receiver;
  readonly behaviour: Responder;
}

/** Every request of the history, in the order of their calls. O(requests × responders). */
export function requestsIn(history: History): readonly Asked[] {
  const index = indexHistory(history);
  const executions = Map.groupBy(index.executions, ({ sent }) => sent?.id);
  return operationsOf(index, 'request', 'request-many').map((operation) => {
    const { id, subject } = operation.call.input;
    const { end, at } = operation;
    return {
      id,
      operation,
      responders: answering(index).filter(
        ({ receiver }) => filterMatches(receiver.pattern, subject) && isThere(receiver, operation),
      ),
      isToNobody: ![...index.receivers.values()].some(
        (receiver) =>
          filterMatches(receiver.pattern, subject) &&
          receiver.operation.index < (end?.index ?? Infinity) &&
          receiver.goneFrom > operation.index,
      ),
      executions: executions.get(id) ?? [],
      replies: repliesTo(operation),
      tookMs: end === undefined ? Infinity : (end.at - at) / 1e6,
    };
  });
}

function repliesTo({ call, end }: Asked['operation']): readonly Reply[] {
  if (end?.kind !== 'ok') return [];
  return call.name === 'request' ? [replyOf(end.output)] : repliesOf(end.output);
}

function answering({ receivers }: HistoryIndex): readonly Answering[] {
  return [...receivers.values()].flatMap((receiver) => {
    const { call } = receiver.operation;
    return call.name === 'respond' ? [{ receiver, behaviour: call.input.behaviour }] : [];
  });
}

function isThere({ activeFrom, endsAt }: Receiver, { index, end }: Asked['operation']): boolean {
  return activeFrom < index && (end?.index ?? Infinity) < endsAt;
}

/** The bodies a responder answers with, in their order; `undefined` where they depend on more than the request. */
export function bodiesOf(behaviour: Responder, request: Base64): readonly Base64[] | undefined {
  switch (behaviour.kind) {
    case 'echo':
    case 'delay':
      return [request];
    case 'silent':
      return [];
    case 'several':
      return Array.from({ length: behaviour.replies }, (_, n) =>
        base64(Buffer.concat([bytesOf(request), bytesOf(utf8(`:${n}`))])),
      );
    case 'fixed':
      return [behaviour.body];
    case 'sized':
      return [base64(new Uint8Array(behaviour.bytes))];
    case 'fail':
    case 'count':
    case 'describe':
      return undefined;
    default:
      return behaviour satisfies never;
  }
}

/** Events that show a request: its call and, where it has one, its end. */
export function evidenceOf({ operation: { index, end } }: Asked): readonly [number, ...number[]] {
  return end === undefined ? [index] : [index, end.index];
}
