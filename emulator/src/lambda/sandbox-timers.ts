import type { HandlerClock } from './handler-clock.ts';

/** What Node's `setTimeout` returns, as far as code uses it. */
interface Timer {
  readonly ref: () => Timer;
  readonly unref: () => Timer;
  readonly hasRef: () => boolean;
  readonly close: () => void;
  readonly [Symbol.toPrimitive]: () => number;
}

/** The timer functions of Node's globals, on the world's clock. */
export function timerGlobals(clock: HandlerClock) {
  const cancels = new Map<number, () => void>();
  let lastId = 0;

  function timer(id: number): Timer {
    const handle: Timer = {
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      close: () => clear(id),
      [Symbol.toPrimitive]: () => id,
    };
    return handle;
  }

  function clear(handle: unknown): void {
    const id = Number(handle);
    cancels.get(id)?.();
    cancels.delete(id);
  }

  function start(delayMs: unknown, call: () => void, again: boolean): Timer {
    lastId += 1;
    const id = lastId;
    const ms = Math.max(1, Number(delayMs) || 1);
    const schedule = () => {
      const cancel = clock.after(ms, () => {
        if (again) schedule();
        else cancels.delete(id);
        call();
      });
      cancels.set(id, cancel);
    };
    schedule();
    return timer(id);
  }

  return {
    setTimeout: (call: (...args: unknown[]) => void, delayMs?: unknown, ...args: unknown[]) =>
      start(delayMs, () => call(...args), false),
    setInterval: (call: (...args: unknown[]) => void, delayMs?: unknown, ...args: unknown[]) =>
      start(delayMs, () => call(...args), true),
    setImmediate: (call: (...args: unknown[]) => void, ...args: unknown[]) => start(0, () => call(...args), false),
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
  };
}

/** `node:timers` and `node:timers/promises`, on the same clock. */
export function sandboxTimers(clock: HandlerClock, specifier: string): object | undefined {
  switch (specifier.replace(/^node:/, '')) {
    case 'timers':
      return timerGlobals(clock);
    case 'timers/promises':
      return {
        setTimeout: (delayMs: number, value?: unknown) =>
          new Promise((resolve) => clock.after(delayMs, () => resolve(value))),
        setImmediate: (value?: unknown) => new Promise((resolve) => clock.after(0, () => resolve(value))),
      };
    default:
      return undefined;
  }
}
