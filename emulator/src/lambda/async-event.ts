import type { Execution } from './executor.ts';
import type { FunctionName } from './named-function.ts';
import type { InvokeConfig, LambdaFunction } from './state.ts';

/** An event in the queue of asynchronous invocations. */
export interface AsyncEvent {
  readonly requestId: string;
  readonly name: FunctionName;
  /** JSON text. */
  readonly payload: string;
  readonly traceHeader?: string | undefined;
  readonly enqueuedMs: number;
  /** What liberties with it are keyed by. */
  readonly key: string;
  /** Runs that ended with an error of the function. */
  failures: number;
  /** Times that Lambda itself could not run it. */
  refusals: number;
  /** System errors that are yet to meet it. */
  systemErrors: number;
  last?: Execution;
}

/** How events to this qualifier are handled. */
export function configOf(fn: LambdaFunction, { name }: Pick<AsyncEvent, 'name'>): InvokeConfig | undefined {
  return fn.invokeConfigs.get(name.qualifier ?? '$LATEST');
}
