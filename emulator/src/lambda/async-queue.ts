import { AwsError } from '../errors.ts';
import { later } from '../later.ts';
import { lambdaQuotas } from '../quotas.ts';
import type { World } from '../service.ts';
import { configOf } from './async-event.ts';
import type { AsyncEvent } from './async-event.ts';
import { reportFailure, reportSuccess } from './destinations.ts';
import { execute } from './executor.ts';
import type { Execution } from './executor.ts';
import { findVersion } from './function-name.ts';
import { countRunning } from './running.ts';
import type { LambdaFunction, LambdaState } from './state.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const { asyncRetriesDefault, asyncEventAgeMsDefault } = lambdaQuotas;
/** After an error of the function: a minute, then two. */
const retryDelaysMs = [60_000, 120_000];
/** After throttling or a system error: from a second, doubled, to five minutes. */
const backoffMs = (refusals: number) => Math.min(300_000, 1000 * 2 ** (refusals - 1));

const systemErrors = [0, 1, 3, 8];
const repeatDelaysMs = [0, 1000, 60_000];

/** Takes an event into the queue; it runs as soon as the caller has its answer. */
export function enqueue(
  world: World,
  state: LambdaState,
  fn: LambdaFunction,
  event: Pick<AsyncEvent, 'requestId' | 'name' | 'payload' | 'traceHeader'>,
): void {
  const key = `${fn.name}/event/${fn.invocations}`;
  const queued: AsyncEvent = {
    ...event,
    key,
    enqueuedMs: world.clock.epochMs(),
    failures: 0,
    refusals: 0,
    systemErrors: systemErrors[world.choose('ADV-LAM-02', key, systemErrors.length)] ?? 0,
  };
  if (world.choose('ADV-LAM-03', key, 2) === 1) {
    later(world, eventAgeMax(fn, queued), () => giveUp(world, fn, queued, 'EventAgeExceeded'), key);
    return;
  }
  later(world, 0, () => attempt(world, state, queued), key);
}

async function attempt(world: World, state: LambdaState, event: AsyncEvent): Promise<void> {
  const fn = state.functions.get(event.name.name);
  if (fn === undefined) return;
  const execution = await runOnce(world, state, event);
  if (execution === undefined) {
    event.refusals += 1;
    retryLater(world, state, fn, event, backoffMs(event.refusals), 'EventAgeExceeded');
    return;
  }
  event.last = execution;
  if (execution.functionError === undefined) {
    await reportSuccess(world, fn, event, execution);
    repeat(world, state, event);
    return;
  }
  event.failures += 1;
  const delayMs = retryDelaysMs[event.failures - 1];
  const retriesMax = configOf(fn, event)?.retriesMax ?? asyncRetriesDefault;
  if (event.failures > retriesMax || delayMs === undefined) await giveUp(world, fn, event, 'RetriesExhausted');
  else retryLater(world, state, fn, event, delayMs, 'EventAgeExceeded');
}

/** `undefined` where Lambda could not run it. */
async function runOnce(world: World, state: LambdaState, event: AsyncEvent): Promise<Execution | undefined> {
  if (event.systemErrors > 0) {
    event.systemErrors -= 1;
    return undefined;
  }
  try {
    const target = findVersion(state, world, event.name, world.random);
    return await execute(world, () => countRunning(state), {
      ...target,
      event: event.payload,
      traceHeader: event.traceHeader,
      requestId: event.requestId,
    });
  } catch (error) {
    if (error instanceof AwsError && error.status === 429) return undefined;
    throw error;
  }
}

function retryLater(
  world: World,
  state: LambdaState,
  fn: LambdaFunction,
  event: AsyncEvent,
  delayMs: number,
  condition: 'EventAgeExceeded',
): void {
  const ageMs = world.clock.epochMs() + delayMs - event.enqueuedMs;
  if (ageMs >= eventAgeMax(fn, event)) world.spawn(() => giveUp(world, fn, event, condition));
  else later(world, delayMs, () => attempt(world, state, event), event.key);
}

/** The queue itself is eventually consistent: an event that was done may come once more. */
function repeat(world: World, state: LambdaState, event: AsyncEvent): void {
  const delayMs = repeatDelaysMs[world.choose('ADV-LAM-01', event.key, 1 + repeatDelaysMs.length) - 1];
  if (delayMs === undefined) return;
  const again = async (): Promise<void> => {
    await runOnce(world, state, { ...event, systemErrors: 0 });
  };
  later(world, delayMs, again, `${event.key}/again`);
}

async function giveUp(
  world: World,
  fn: LambdaFunction,
  event: AsyncEvent,
  condition: 'RetriesExhausted' | 'EventAgeExceeded',
): Promise<void> {
  await reportFailure(world, fn, event, condition);
}

function eventAgeMax(fn: LambdaFunction, event: Pick<AsyncEvent, 'name'>): number {
  const seconds = configOf(fn, event)?.eventAgeMaxSeconds;
  return seconds === undefined ? asyncEventAgeMsDefault : seconds * 1000;
}
