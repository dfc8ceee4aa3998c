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

/** Tasks of one key run one after another, those of different keys beside each other. */
export interface Serials {
  readonly run: <T>(key: string, task: () => Promise<T>) => Promise<T>;
}

/** Forgets a key once its tasks have ended. */
export function createSerials(): Serials {
  const serials = new Map<string, Serial & { pending: number }>();
  return {
    run: async (key, task) => {
      const serial = serials.get(key) ?? { ...createSerial(), pending: 0 };
      serials.set(key, serial);
      serial.pending += 1;
      try {
        return await serial.run(task);
      } finally {
        serial.pending -= 1;
        if (serial.pending === 0) serials.delete(key);
      }
    },
  };
}
