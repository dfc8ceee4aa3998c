import { isIndefinite } from './aws-error.ts';
import { sleep } from './clock.ts';
import type { Clock } from './clock.ts';

/** Repeats a call while its errors are transient. Only for calls that may be made twice. */
export type Retry = <T>(call: () => Promise<T>) => Promise<T>;

const attemptsMax = 10;
const firstDelayMs = 50;

/** Waits between attempts as AWS advises: exponential with full jitter. Ten attempts take 25 s at most. */
export function createRetry({
  clock,
  random,
  signal,
  delayMaxMs = 5_000,
}: {
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly delayMaxMs?: number;
}): Retry {
  return async (call) => {
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      try {
        return await call();
      } catch (error) {
        if (attempt === attemptsMax || !isTransient(error)) throw error;
        await sleep(clock, random() * Math.min(delayMaxMs, firstDelayMs * 2 ** attempt), { signal });
      }
    }
  };
}

/**
 * Codes after which the same call may succeed.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const transientCodes: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'InternalError',
  'InternalErrorException',
  'InternalFailure',
  'InternalServerError',
  'KMSThrottlingException',
  'KmsThrottled',
  'LimitExceededException',
  'OverLimit',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** Whether the same call may succeed later: throttled, a fault of the service, or no answer at all. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error) || error.name === 'AbortError') return false;
  if (transientCodes.has(error.name)) return true;
  return isIndefinite(error);
}
