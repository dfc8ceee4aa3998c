import { eventsQuotas } from '../quotas.ts';
import type { DeliveryResult, World } from '../service.ts';
import { deadLetter } from './dead-letter.ts';
import type { Target } from './generated/shapes.ts';
import { targetInput } from './target-input.ts';
import type { Occasion } from './target-input.ts';

/** AWS says "exponential back off and jitter"; with this first pause and ceiling 185 attempts take the 24 hours. */
const firstPauseMs = 1000;
const pauseMsMax = 512_000;

/** How late the world may hand a delivery over, and by how little it may change the order. */
const latenessMs = [0, 1000, 60_000, 600_000, 3_600_000, 24 * 3_600_000] as const;
const shuffleMs = [0, 5, 20, 100] as const;

/** A delivery under way. `key` is what befalls it by. */
interface Course {
  readonly world: World;
  readonly target: Target;
  readonly occasion: Occasion;
  readonly key: string;
  readonly startMs: number;
}

/** Delivers to one target, with retries and dead letters; nobody waits for it. */
export function dispatch(world: World, target: Target, occasion: Occasion, key: string): void {
  const startMs = world.clock.epochMs();
  const course: Course = { world, target, occasion, key, startMs };
  if (world.choose('ADV-EB-04', key, 2) === 1) {
    giveUpOnAge(course);
    return;
  }
  if (world.choose('ADV-EB-05', key, 2) === 1) {
    world.spawn(() => giveUp(course, undefined, 0, constrained));
    return;
  }
  const lateMs = latenessMs[world.choose('ADV-EB-03', key, latenessMs.length)] ?? 0;
  const shuffledMs = shuffleMs[world.choose('ADV-EB-02', key, shuffleMs.length)] ?? 0;
  const dueMs = startMs + lateMs + shuffledMs;
  if (dueMs === startMs) world.spawn(() => attempt(course, 0));
  // What makes a delivery late is that it is tried again, and that ends with the event's age.
  else if (lateMs > maxAgeMs(target)) giveUpOnAge(course);
  else at(course, dueMs, () => attempt(course, 0));
}

function giveUpOnAge(course: Course): void {
  const { startMs, target } = course;
  const giveUpMs = startMs + maxAgeMs(target);
  at(course, giveUpMs, () => giveUp(course, 'MaximumEventAgeInSeconds', retryAttempts(target), unreachable));
}

type Failure = Extract<DeliveryResult, { ok: false }>;

const unreachable: Failure = {
  ok: false,
  retryable: true,
  code: 'INTERNAL_ERROR',
  message: 'The target could not be reached.',
};

/** What a target answers that takes no more for a long time; only then may EventBridge not try again. */
const constrained: Failure = {
  ok: false,
  retryable: true,
  code: 'THROTTLING',
  message: 'The target is throttling requests.',
};

function at({ world, key }: Course, dueMs: number, work: () => Promise<void>): void {
  world.clock.at(dueMs, () => world.spawn(work), 'work', `event ${key}`);
}

async function attempt(course: Course, retries: number): Promise<void> {
  const { world, target, occasion } = course;
  const body = targetInput(target, occasion);
  if (body === undefined) {
    const message = "The input that the target's template makes is not valid JSON.";
    await giveUp(course, undefined, retries, { ok: false, retryable: false, code: 'INVALID_JSON', message });
    return;
  }
  const group = target.SqsParameters?.MessageGroupId;
  const result = await world.deliver({
    targetArn: target.Arn,
    sourceArn: occasion.rule.arn,
    principal: 'events.amazonaws.com',
    body,
    invocation: 'event',
    ...(group !== undefined && { messageGroupId: group }),
    ...(occasion.event.traceHeader !== undefined && { traceHeader: occasion.event.traceHeader }),
  });
  if (!result.ok) await retryLater(course, retries, result);
}

async function retryLater(course: Course, retries: number, failure: Failure): Promise<void> {
  const { world, target, key, startMs } = course;
  const dropped = failure.retryable && world.choose('ADV-EB-05', `${key}/${retries}`, 2) === 1;
  if (!failure.retryable || dropped) return giveUp(course, undefined, retries, failure);
  if (retries >= retryAttempts(target)) return giveUp(course, 'MaximumRetryAttempts', retries, failure);
  const pauseMs = Math.min(firstPauseMs * 2 ** Math.min(retries, 20), pauseMsMax);
  const jitterMs = (pauseMs * world.choose('ADV-EB-03', `${key}/${retries}`, 5)) / 4;
  const dueMs = world.clock.epochMs() + pauseMs + jitterMs;
  if (dueMs > startMs + maxAgeMs(target)) return giveUp(course, 'MaximumEventAgeInSeconds', retries, failure);
  at(course, dueMs, () => attempt(course, retries + 1));
}

function giveUp(
  { world, target, occasion }: Course,
  exhausted: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined,
  retries: number,
  failure: Failure,
): Promise<void> {
  return deadLetter(world, target, occasion, { exhausted, retries, failure });
}

function retryAttempts({ RetryPolicy }: Target): number {
  return RetryPolicy?.MaximumRetryAttempts ?? eventsQuotas.retryAttemptsDefault;
}

function maxAgeMs({ RetryPolicy }: Target): number {
  const seconds = RetryPolicy?.MaximumEventAgeInSeconds;
  return seconds === undefined ? eventsQuotas.eventAgeMsDefault : seconds * 1000;
}
