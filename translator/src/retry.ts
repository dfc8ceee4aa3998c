import { sleep } from './clock.ts';
import type { Clock } from './clock.ts';

/** Repeats a call while its errors are transient. Only for calls that may be made twice. */
export type Retry = <T>(call: () => Promise<T>) => Promise<T>;

const attemptsMax = 10;
const firstDelayMs = 50;
const delayMaxMs = 5_000;

/** Waits between attempts as AWS advises: exponential with full jitter. Ten attempts take 25 s at most. */
export function createRetry({
  clock,
  random,
  signal,
}: {
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
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

/** Whether the call may have had its effect although it failed: a fault of the service, or no answer at all. */
export function isIndefinite(error: unknown): boolean {
  const status = httpStatus(error);
  if (status !== undefined) return status >= 500;
  const code = property(error, 'code');
  return typeof code === 'string' && networkCodes.has(code);
}

/** What Node's sockets report when a connection ends before the answer is there. */
const networkCodes: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

/** The status of the answer that an SDK's error was made from. */
export function httpStatus(error: unknown): number | undefined {
  const status = property(property(error, '$metadata'), 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
