/** Settles with the promise, or rejects as soon as the signal is aborted. */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** A part of something larger, that ends with it or before. */
export interface Part {
  /** Aborted once the part is stopped or the whole is. */
  readonly signal: AbortSignal;
  readonly stop: () => void;
}

/** Why a part was stopped. Made once: nobody asks where. */
const stopped = new DOMException('This operation was aborted', 'AbortError');

/** As `AbortSignal.any` of the whole and a signal of its own, at a fraction of what it costs. The part must be stopped in the end. */
export function partOf(whole: AbortSignal): Part {
  const controller = new AbortController();
  const onAbort = (): void => controller.abort(whole.reason);
  if (whole.aborted) onAbort();
  else whole.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    stop: () => {
      whole.removeEventListener('abort', onAbort);
      controller.abort(stopped);
    },
  };
}
