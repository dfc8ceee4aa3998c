import type { Clock } from './clock.ts';
import { withoutStack } from './errors.ts';
import type { OwnedWorld } from './owned-world.ts';

/**
 * The rules of the SDK's standard mode (3 attempts, a bucket of 500 tokens, exponential backoff with full jitter), on a
 * clock; how long a pause is, is a choice.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export interface RetryStrategy {
  readonly mode: 'standard';
  readonly acquireInitialRetryToken: (scope: string) => Promise<RetryToken>;
  readonly refreshRetryTokenForRetry: (token: RetryToken, info: RetryErrorInfo) => Promise<RetryToken>;
  readonly recordSuccess: (token: RetryToken) => void;
}

export interface RetryToken {
  readonly getRetryCount: () => number;
  readonly getRetryDelay: () => number;
  readonly getRetryCost: () => number | undefined;
}

export interface RetryErrorInfo {
  readonly errorType: 'TRANSIENT' | 'THROTTLING' | 'SERVER_ERROR' | 'CLIENT_ERROR';
}

const tokensMax = 500;
const delayMaxMs = 20_000;
/** Read off @smithy/core 3.x of 2026; a success without a retry gives one token back. */
const cost = { TRANSIENT: 14, THROTTLING: 5 } as const;
const delayBaseMs = { TRANSIENT: 50, THROTTLING: 1000 } as const;

export interface RetryOptions {
  readonly maxAttempts?: number;
  /** In the keys of the choices of pauses: whose they are. */
  readonly name?: string;
}

/** For the `retryStrategy` of an SDK v3 client. A wait for the next attempt is parked in the world. */
export function retryStrategy(
  world: Pick<OwnedWorld, 'clock' | 'choose' | 'ordinal' | 'park'>,
  { maxAttempts = 3, name = 'sdk' }: RetryOptions = {},
): RetryStrategy {
  let tokens = tokensMax;
  return {
    mode: 'standard',
    acquireInitialRetryToken: async () => tokenOf(0, 0, undefined),
    refreshRetryTokenForRetry: async (token, { errorType }) => {
      if (errorType !== 'TRANSIENT' && errorType !== 'THROTTLING')
        throw withoutStack(() => new Error('the error is not one to retry'));
      const count = token.getRetryCount() + 1;
      if (count >= maxAttempts || tokens < cost[errorType])
        throw withoutStack(() => new Error('no retry token available'));
      tokens -= cost[errorType];
      const ceilingMs = Math.min(delayMaxMs, 2 ** token.getRetryCount() * delayBaseMs[errorType]);
      await sleep(world, world.clock, jitter(world, name) * ceilingMs);
      return tokenOf(count, 0, cost[errorType]);
    },
    recordSuccess: (token) => {
      tokens = Math.min(tokensMax, tokens + (token.getRetryCost() ?? 1));
    },
  };
}

const pauses = 8;

/** Which part of the longest pause a client makes: half of it, or what is chosen. */
function jitter(world: Pick<OwnedWorld, 'choose' | 'ordinal'>, name: string): number {
  const option = world.choose('NET-jitter', `${name}#${world.ordinal(name, 'NET-jitter')}`, pauses + 1);
  return option === 0 ? 0.5 : (option - 0.5) / pauses;
}

function tokenOf(count: number, delayMs: number, retryCost: number | undefined): RetryToken {
  return { getRetryCount: () => count, getRetryDelay: () => delayMs, getRetryCost: () => retryCost };
}

function sleep(world: Pick<OwnedWorld, 'park'>, clock: Clock, ms: number): Promise<void> {
  return world.park((resume) => {
    clock.at(clock.epochMs() + ms, () => resume(undefined), 'work', 'retry');
  });
}

const throttlingCodes: ReadonlySet<string> = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);

const transientStatuses: ReadonlySet<number> = new Set([500, 502, 503, 504]);

/** How the SDK's standard mode classes an error. */
export function errorTypeOf(error: {
  readonly name: string;
  readonly status?: number;
  readonly isConnectionLost?: boolean;
}): RetryErrorInfo['errorType'] {
  if (error.status === 429 || throttlingCodes.has(error.name)) return 'THROTTLING';
  if (error.isConnectionLost === true || error.name === 'TimeoutError' || error.name === 'RequestTimeout') {
    return 'TRANSIENT';
  }
  if (error.status !== undefined && transientStatuses.has(error.status)) return 'TRANSIENT';
  return error.status !== undefined && error.status >= 500 ? 'SERVER_ERROR' : 'CLIENT_ERROR';
}
