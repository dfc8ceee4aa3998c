import { createContext, runInContext } from 'node:vm';
import type { EnvironmentOptions } from './environment-options.ts';
import { createHandlerClock } from './handler-clock.ts';
import type { HandlerClock } from './handler-clock.ts';
import { describeError, ExitSignal, runtimeError } from './handler-error.ts';
import { isCallable, loadHandler } from './load-handler.ts';
import type { Callable } from './load-handler.ts';
import { sandboxGlobals } from './sandbox-globals.ts';

/** What the handler learns of one invocation beside its event. */
export interface Invocation {
  readonly requestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryMegabytes: number;
  readonly deadlineMs: number;
  readonly logGroup: string;
  /** The code finds it in `_X_AMZN_TRACE_ID`. */
  readonly traceHeader?: string | undefined;
}

/** The handler's answer as JSON text, or the error document in its place. */
export interface Outcome {
  readonly payload: string;
  readonly failed: boolean;
  /** What the code wrote to its log. */
  readonly log?: readonly string[];
  /** The environment cannot be used again. */
  readonly exited?: boolean;
}

/** Handler code with its globals, kept between invocations as Lambda keeps it; it takes one at a time. */
export interface Environment {
  /** Never rejects. `event` is JSON text. */
  readonly invoke: (event: string, invocation: Invocation) => Promise<Outcome>;
  /** Ends it as a timeout does: what the code had under way stops. */
  readonly kill: () => void;
  /** Killed, or gone with its thread. */
  readonly hasEnded: () => boolean;
}

/** An environment whose code has not run yet: it does on the first invocation, and an error there is that one's. */
export function createEnvironment(options: EnvironmentOptions): Environment {
  const clock = createHandlerClock(options.clock);
  const lines: string[] = [];
  let exit: ((signal: ExitSignal) => void) | undefined;
  const log = (line: string) => lines.push(line);
  const env: Record<string, string> = { ...options.variables };
  const context = createContext(sandboxGlobals({ ...options, env, clock, log, exit: (signal) => exit?.(signal) }), {
    codeGeneration: { strings: true, wasm: true },
  });
  adjustBuiltins(context, options);
  let handler: Callable | undefined;

  async function invoke(event: string, invocation: Invocation): Promise<Outcome> {
    clock.thaw();
    if (invocation.traceHeader === undefined) delete env['_X_AMZN_TRACE_ID'];
    else env['_X_AMZN_TRACE_ID'] = invocation.traceHeader;
    try {
      const outcome = await settle(event, invocation);
      return lines.length === 0 ? outcome : { ...outcome, log: lines.splice(0) };
    } finally {
      exit = undefined;
      clock.freeze();
    }
  }

  async function settle(event: string, invocation: Invocation): Promise<Outcome> {
    const exited = new Promise<never>((_, reject) => {
      exit = reject;
    });
    try {
      return { payload: await Promise.race([run(event, invocation), exited]), failed: false };
    } catch (error) {
      if (error instanceof ExitSignal) return { ...runtimeError(error, invocation.requestId), exited: true };
      return { payload: describeError(error), failed: true };
    }
  }

  async function run(event: string, invocation: Invocation): Promise<string> {
    handler ??= loadHandler({ ...options, context, clock });
    const input = parseInside(context, event);
    return stringify(await callHandler(handler, input, { invocation, clock, logStream: options.logStream }));
  }

  return { invoke, kill: clock.stop, hasEnded: clock.hasStopped };
}

interface HandlerCall {
  readonly invocation: Invocation;
  readonly clock: HandlerClock;
  readonly logStream: string;
}

/** Calls a handler of either style: it returns a promise, or it calls back, or it does neither and answers null. */
function callHandler(handler: Callable, event: unknown, call: HandlerCall): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const callback = (error: unknown, result?: unknown) => {
      if (error === undefined || error === null) resolve(result);
      else reject(error);
    };
    const result = handler(event, contextOf(call, callback), callback);
    if (isThenable(result)) result.then(resolve, reject);
    else call.clock.onceIdle(() => resolve(null));
  });
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
function contextOf(
  { invocation, clock, logStream }: HandlerCall,
  callback: (error: unknown, result?: unknown) => void,
): object {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: invocation.functionName,
    functionVersion: invocation.functionVersion,
    invokedFunctionArn: invocation.invokedFunctionArn,
    memoryLimitInMB: String(invocation.memoryMegabytes),
    awsRequestId: invocation.requestId,
    logGroupName: invocation.logGroup,
    logStreamName: logStream,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(invocation.deadlineMs - clock.epochMs())),
    done: callback,
    succeed: (result: unknown) => callback(null, result),
    fail: (error: unknown) => callback(error ?? new Error('handler failed')),
  };
}

/** Time and chance of the context's own built-ins come from the world. */
function adjustBuiltins(context: object, { clock, random }: EnvironmentOptions): void {
  const adjust: unknown = runInContext(
    `(now, random) => {
      globalThis.Date = new Proxy(Date, {
        construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
        apply: (target) => new target(now()).toString(),
        get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
      });
      Math.random = random;
    }`,
    context,
  );
  if (isCallable(adjust)) adjust(() => Math.floor(clock.epochMs()), random);
}

/** The event as objects of the context, so that `instanceof` holds for the handler. */
function parseInside(context: object, event: string): unknown {
  const parse: unknown = runInContext('JSON.parse', context);
  return isCallable(parse) ? parse(event) : undefined;
}

function stringify(result: unknown): string {
  return result === undefined ? 'null' : (JSON.stringify(result) ?? 'null');
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
