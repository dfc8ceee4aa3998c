import type { Call, OpId, OpName, SessionId } from '#core';

/** A call from its invocation to its end; `end` is absent where the history ends first. */
export type Operation<N extends OpName = OpName> = OperationOn<Extract<Call, { name: N }>>;

interface OperationOn<C extends Call> {
  readonly op: OpId;
  readonly session: SessionId;
  readonly call: C;
  /** Index of the invocation. */
  readonly index: number;
  readonly at: number;
  readonly end: End | undefined;
}

/** How a call ended, as an event of the history. */
export interface End {
  readonly kind: 'ok' | 'fail' | 'info';
  readonly index: number;
  readonly at: number;
  readonly output?: unknown;
  readonly error?: string;
}

/** Narrows an operation to the calls of one name. */
export function isNamed<N extends OpName>(operation: Operation, name: N): operation is Operation<N> & Operation {
  return operation.call.name === name;
}
