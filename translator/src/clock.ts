/** Time as a service. `at` calls `wake` once the clock has reached `dueMs`; what it returns cancels that. */
export interface Clock {
  readonly epochMs: () => number;
  readonly at: (dueMs: number, wake: () => void) => () => void;
}

/** Resolves `ms` from now on `clock`; rejects with `signal.reason`. */
export function sleep(clock: Clock, ms: number, { signal }: { readonly signal: AbortSignal }): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const cancel = clock.at(clock.epochMs() + ms, () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
    function onAbort(): void {
      cancel();
      reject(signal.reason);
    }
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
