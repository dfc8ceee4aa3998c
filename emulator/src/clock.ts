/** What waits for a due time: `work` brings something about, `idle` only ends a wait that nothing came of. */
export type DueKind = 'work' | 'idle';

/**
 * Time as a service. `at` calls `wake` once the clock has reached `dueMs`; what it returns cancels that. `name` says what
 * waits, the same in every run: where the order of equal due times is chosen, it is chosen by name.
 */
export interface Clock {
  readonly epochMs: () => number;
  readonly at: (dueMs: number, wake: () => void, kind?: DueKind, name?: string) => () => void;
}

/** The longest delay a timer of the platform takes. */
const timerMsMax = 2 ** 31 - 1;

/** The machine's own time. Its timers keep no process alive. */
export const realClock: Clock = {
  epochMs: () => performance.timeOrigin + performance.now(),
  at: (dueMs, wake) => {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const leftMs = Math.ceil(dueMs - realClock.epochMs());
      timer = leftMs > timerMsMax ? setTimeout(arm, timerMsMax) : setTimeout(wake, Math.max(0, leftMs));
      timer.unref();
    };
    arm();
    return () => clearTimeout(timer);
  },
};
