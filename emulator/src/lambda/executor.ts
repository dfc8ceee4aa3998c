import { uuid } from '../ids.ts';
import { lambdaQuotas } from '../quotas.ts';
import type { World } from '../service.ts';
import type { Environment, Invocation, Outcome } from './environment.ts';
import { openEnvironment } from './open-environment.ts';
import { tooManyRequests } from './refusals.ts';
import type { LambdaFunction, Version } from './state.ts';

/** One run of a function, as every kind of invocation sees it. */
export interface Execution {
  readonly requestId: string;
  readonly version: string;
  /** JSON text: the answer, or the error document. */
  readonly payload: string;
  /** There only for what a function got wrong; Lambda's own errors are thrown. */
  readonly functionError?: 'Unhandled';
  /** What the code wrote to its log. */
  readonly log: readonly string[];
  readonly durationMs: number;
}

/** What to run, and for whom. */
export interface ExecutionRequest {
  readonly fn: LambdaFunction;
  readonly version: Version;
  readonly arn: string;
  /** JSON text. */
  readonly event: string;
  readonly requestId?: string;
  /** `X-Amzn-Trace-Id` of what led to it. */
  readonly traceHeader?: string | undefined;
}

const { answerBytesMax } = lambdaQuotas;

/** Time before a cold environment begins; AWS says "from under 100 ms to over 1 second". */
const coldStartMs = [200, 2000];

/**
 * Runs a function once, in an environment that is free or a new one, to its end or its timeout.
 *
 * @throws AwsError 429 where the function's or the account's concurrency is used up
 */
export async function execute(
  world: World,
  accountRunning: () => number,
  request: ExecutionRequest,
): Promise<Execution> {
  const { fn } = request;
  const key = `${fn.name}/${fn.invocations}`;
  fn.invocations += 1;
  checkConcurrency(fn, accountRunning());
  const liberty = world.choose('ADV-LAM-06', key, 2 + coldStartMs.length);
  if (liberty === 1) throw tooManyRequests('ConcurrentInvocationLimitExceeded');
  fn.running += 1;
  try {
    const delayMs = coldStartMs[liberty - 2];
    if (delayMs !== undefined)
      await world.park<void>((resume) => world.clock.at(world.clock.epochMs() + delayMs, resume));
    return await run(world, request, delayMs !== undefined);
  } finally {
    fn.running -= 1;
  }
}

function checkConcurrency({ running, reservedConcurrency }: LambdaFunction, accountRunning: number): void {
  if (reservedConcurrency !== undefined && running >= reservedConcurrency) {
    throw tooManyRequests('ReservedFunctionConcurrentInvocationLimitExceeded');
  }
  if (accountRunning >= lambdaQuotas.concurrencyMax) throw tooManyRequests('ConcurrentInvocationLimitExceeded');
}

async function run(world: World, request: ExecutionRequest, cold: boolean): Promise<Execution> {
  const requestId = request.requestId ?? uuid(world.random);
  const startMs = world.clock.epochMs();
  const { payload, failed, log = [] } = await outcomeOf(world, request, requestId, cold);
  return {
    requestId,
    version: request.version.version,
    payload,
    ...(failed && { functionError: 'Unhandled' as const }),
    log,
    durationMs: world.clock.epochMs() - startMs,
  };
}

async function outcomeOf(world: World, request: ExecutionRequest, requestId: string, cold: boolean): Promise<Outcome> {
  const { fn, version, event } = request;
  const { Runtime = '', Timeout } = version.settings;
  if (!Runtime.startsWith('nodejs')) {
    return failure({ errorType: 'Runtime.Unsupported', errorMessage: `the emulator runs no '${Runtime}'` });
  }
  const environment = (cold ? undefined : takeIdle(version)) ?? openEnvironment(world, fn, version);
  const invocation = invocationOf(world, request, requestId);
  const outcome = await withTimeout(world, environment, Timeout, () => environment.invoke(event, invocation));
  if (outcome === 'timeout') return timedOut(requestId, version);
  release(request, environment, outcome);
  return fitting(outcome);
}

/** The environment used last, of those that have not gone with their thread. */
function takeIdle({ idle }: Version): Environment | undefined {
  for (;;) {
    const environment = idle.pop();
    if (environment?.hasEnded() !== true) return environment;
  }
}

/** Keeps the environment for the next invocation, unless it has ended or its code has been replaced. */
function release({ fn, version }: ExecutionRequest, environment: Environment, { exited }: Outcome): void {
  if (exited === true || version !== currentOf(fn, version)) environment.kill();
  else version.idle.push(environment);
}

function timedOut(requestId: string, { settings }: Version): Outcome {
  return failure({
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${settings.Timeout.toFixed(2)} seconds`,
  });
}

function fitting(outcome: Outcome): Outcome {
  if (Buffer.byteLength(outcome.payload) <= answerBytesMax) return outcome;
  return failure({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${answerBytesMax} bytes).`,
  });
}

function failure(document: object): Outcome {
  return { payload: JSON.stringify(document), failed: true };
}

/** What stands in the version's place now: an environment of code that has been replaced is not kept. */
function currentOf(fn: LambdaFunction, { version }: Version): Version | undefined {
  return version === '$LATEST' ? fn.latest : fn.versions.get(version);
}

/**
 * The handler's outcome, or that it ran out of time: its environment is not used again. Meanwhile the world's clock may
 * go on, since the handler may wait for it.
 */
async function withTimeout(
  world: World,
  environment: Environment,
  timeoutSeconds: number,
  begin: () => Promise<Outcome>,
): Promise<Outcome | 'timeout'> {
  const ended = await world.park<() => Outcome | 'timeout'>((resume) => {
    const cancel = world.clock.at(world.clock.epochMs() + timeoutSeconds * 1000, () => {
      environment.kill();
      resume(() => 'timeout');
    });
    const finish = (outcome: Outcome) => {
      cancel();
      resume(() => outcome);
    };
    const fail = (error: unknown) =>
      resume(() => {
        throw error;
      });
    begin().then(finish, fail);
  });
  return ended();
}

function invocationOf(
  world: World,
  { fn, version, arn, traceHeader }: ExecutionRequest,
  requestId: string,
): Invocation {
  const { settings } = version;
  const nowMs = world.clock.epochMs();
  return {
    requestId,
    functionName: fn.name,
    functionVersion: version.version,
    invokedFunctionArn: arn,
    memoryMegabytes: settings.MemorySize,
    deadlineMs: nowMs + settings.Timeout * 1000,
    traceHeader,
    logGroup: settings.LoggingConfig.LogGroup ?? `/aws/lambda/${fn.name}`,
  };
}
