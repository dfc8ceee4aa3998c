/** Runs tasks one after another in the order in which they were given; a task that fails does not stop the next. */
export interface Serial {
  readonly run: <T>(task: () => Promise<T>) => Promise<T>;
  /** Resolves once all tasks given so far have ended. */
  readonly idle: () => Promise<void>;
}

export function createSerial(): Serial {
  let last: Promise<void> = Promise.resolve();
  return {
    run: (task) => {
      const result = last.then(task);
      last = result.then(
        () => undefined,
        () => undefined,
      );
      return result;
    },
    idle: () => last,
  };
}
