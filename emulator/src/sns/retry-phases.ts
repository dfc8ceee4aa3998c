/** Delays before each retry of a delivery, in milliseconds; the first attempt is not among them. */
export type RetryDelays = Iterable<number>;

/** The shape of `healthyRetryPolicy`: delays are in seconds. */
export interface HealthyRetryPolicy {
  readonly minDelayTarget: number;
  readonly maxDelayTarget: number;
  readonly numRetries: number;
  readonly numMaxDelayRetries: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly backoffFunction: string;
}

/**
 * SQS, Lambda and Firehose: 3 retries at once, 2 a second apart, 10 from 1 to 20 seconds, 100,000 every 20 seconds. That
 * is 100,015 retries over 23 days.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
export function* managedEndpointDelays(): RetryDelays {
  yield* phase(3, () => 0);
  yield* phase(2, () => 1000);
  yield* phase(10, (step) => 1000 * spread('exponential', 1, 20, step));
  yield* phase(100_000, () => 20_000);
}

/** HTTP and HTTPS: the four phases of a delivery policy, at most an hour in all (same page). */
export function* httpDelays(policy: HealthyRetryPolicy): RetryDelays {
  const { numRetries, numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries } = policy;
  const { minDelayTarget, maxDelayTarget, backoffFunction } = policy;
  const backoffRetries = Math.max(0, numRetries - numNoDelayRetries - numMinDelayRetries - numMaxDelayRetries);
  let remainingMs = 3_600_000;
  const phases = [
    ...phase(numNoDelayRetries, () => 0),
    ...phase(numMinDelayRetries, () => minDelayTarget),
    ...phase(backoffRetries, (step) => spread(backoffFunction, minDelayTarget, maxDelayTarget, step)),
    ...phase(numMaxDelayRetries, () => maxDelayTarget),
  ];
  for (const seconds of phases.slice(0, numRetries)) {
    remainingMs -= seconds * 1000;
    if (remainingMs < 0) return;
    yield seconds * 1000;
  }
}

/** `delayOf` takes the retry's place in its phase, from 0 to 1. */
function* phase(retries: number, delayOf: (step: number) => number): Iterable<number> {
  for (let index = 0; index < retries; index++) yield delayOf(retries === 1 ? 0 : index / (retries - 1));
}

/**
 * From `min` to `max` seconds at `step` (0 to 1). AWS names the functions and draws them; no page gives their formulas,
 * so these are the plain curves of those names.
 */
function spread(name: string, min: number, max: number, step: number): number {
  if (max <= min) return min;
  if (name === 'linear') return min + (max - min) * step;
  if (name === 'arithmetic') return min + (max - min) * step ** 2;
  return min * (max / Math.max(min, 1)) ** step;
}
