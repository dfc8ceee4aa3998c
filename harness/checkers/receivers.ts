import type { ReceiverId, SessionId, SubjectPattern } from '#core';
import { isNamed } from './operation.ts';
import type { Operation } from './operation.ts';

/** A subscription or a responder, and the part of the history in which it certainly receives. */
export interface Receiver {
  readonly id: ReceiverId;
  readonly session: SessionId;
  readonly pattern: SubjectPattern;
  readonly queue: string | undefined;
  readonly operation: Operation<'subscribe'> | Operation<'respond'>;
  /** Index of the flush or the settling that made it active; `Infinity` where nothing did. */
  readonly activeFrom: number;
  /** Index of the first call that ends it, be it unsubscribe, drain, close or crash; `Infinity` where none does. */
  readonly endsAt: number;
  /** Index from which on the broker certainly knows of that end. */
  readonly goneFrom: number;
  /** It ends by itself after so many messages. */
  readonly max: number | undefined;
}

/** Every receiver of the history, in the order of their calls. */
export function receiversOf(
  operations: readonly Operation[],
  settlings: readonly { readonly index: number }[],
): ReadonlyMap<ReceiverId, Receiver> {
  const calls = callsBySession(operations);
  const receivers = new Map<ReceiverId, Receiver>();
  for (const operation of operations) {
    if (!isNamed(operation, 'subscribe') && !isNamed(operation, 'respond')) continue;
    const { session, end, call } = operation;
    const id = call.name === 'subscribe' ? call.input.subscription : call.input.responder;
    const barrier = (after: number) =>
      Math.min(
        calls.flushes.get(session)?.find((flush) => flush.index > after)?.end?.index ?? Infinity,
        settlings.find(({ index }) => index > after)?.index ?? Infinity,
      );
    const leaving = calls.unsubscribes.get(id) ?? [];
    const left = leaving.find((unsubscribe) => unsubscribe.call.input.max === undefined);
    const ended = calls.endings.get(session)?.[0];
    const last = first(left, ended);
    receivers.set(id, {
      id,
      session,
      pattern: call.input.pattern,
      queue: call.input.queue,
      operation,
      activeFrom: end?.kind === 'ok' ? barrier(end.index) : Infinity,
      endsAt: last?.index ?? Infinity,
      goneFrom: last === undefined ? Infinity : goneFrom(last, barrier),
      max: call.name === 'subscribe' ? (call.input.max ?? leaving.find(isLimit)?.call.input.max) : undefined,
    });
  }
  return receivers;
}

/** A session that drained told the broker before it returned; of who closed, crashed or left a barrier must tell. */
function goneFrom({ call, end, index }: Operation, barrier: (after: number) => number): number {
  if (call.name === 'drain' && end?.kind === 'ok') return end.index;
  return barrier(end?.index ?? index);
}

function isLimit({ call }: Operation<'unsubscribe'>): boolean {
  return call.input.max !== undefined;
}

function first(a: Operation | undefined, b: Operation | undefined): Operation | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a.index < b.index ? a : b;
}

function callsBySession(operations: readonly Operation[]) {
  const flushes = new Map<SessionId, Operation[]>();
  const endings = new Map<SessionId, Operation[]>();
  const unsubscribes = new Map<ReceiverId, Operation<'unsubscribe'>[]>();
  for (const operation of operations) {
    const { session, call } = operation;
    if (call.name === 'flush' && operation.end?.kind === 'ok') append(flushes, session, operation);
    else if (call.name === 'drain' || call.name === 'close' || call.name === 'crash')
      append(endings, session, operation);
    else if (isNamed(operation, 'unsubscribe')) append(unsubscribes, operation.call.input.subscription, operation);
  }
  return { flushes, endings, unsubscribes };
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
