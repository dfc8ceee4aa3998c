/** Time as a service. `at` calls `wake` once the clock has reached `dueMs`; what it returns cancels that. */
export interface Clock {
  readonly epochMs: () => number;
  readonly at: (dueMs: number, wake: () => void) => () => void;
}
