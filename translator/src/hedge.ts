import type { Clock } from './clock.ts';

/** Makes a call, and makes it again beside the first where the answer is slow to come; the first answer counts. */
export type Hedge = <T>(call: () => Promise<T>) => Promise<T>;

/** Above what AWS takes for a call when all is well, far below what the SDK waits after a throttled attempt. */
const afterMs = 150;
const callsMax = 3;

/**
 * For calls that may be made twice: reads, and writes with a token. One that is throttled waits in the SDK for up to
 * seconds, which a request with a deadline has not got; another seldom is.
 *
 * @see https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */
export function createHedge(clock: Clock): Hedge {
  return <T>(call: () => Promise<T>): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    let calls = 0;
    let failures = 0;
    let cancel = (): void => undefined;

    async function answer(): Promise<void> {
      try {
        resolve(await call());
        cancel();
      } catch (error) {
        failures += 1;
        if (failures < calls) return;
        cancel();
        reject(error);
      }
    }

    function start(): void {
      calls += 1;
      if (calls < callsMax) cancel = clock.at(clock.epochMs() + afterMs, start);
      answer().catch(reject);
    }

    start();
    return promise;
  };
}
