import type { Clock } from '../clock.ts';

/**
 * Time inside an environment: timers stand still between invocations, as a frozen environment's do, and what fell due
 * meanwhile fires when it thaws.
 */
export interface HandlerClock {
  readonly epochMs: () => number;
  /** Returns what cancels it. */
  readonly after: (delayMs: number, wake: () => void) => () => void;
  /** Counts work of the handler that will go on by itself; the function it returns ends it. */
  readonly busy: () => () => void;
  /** Calls back once no timer and no work is left. */
  readonly onceIdle: (call: () => void) => void;
  readonly thaw: () => void;
  readonly freeze: () => void;
  /** Drops every timer, for good. */
  readonly stop: () => void;
  readonly hasStopped: () => boolean;
}

export function createHandlerClock(clock: Clock): HandlerClock {
  const cancels = new Set<() => void>();
  const overdue: (() => void)[] = [];
  const idle: (() => void)[] = [];
  let frozen = true;
  let stopped = false;
  let work = 0;

  function checkIdle(): void {
    if (work > 0 || cancels.size > 0 || overdue.length > 0) return;
    for (const call of idle.splice(0)) call();
  }

  function after(delayMs: number, wake: () => void): () => void {
    if (stopped) return () => undefined;
    let live = true;
    const fire = () => {
      if (!live || stopped) return;
      if (frozen) {
        overdue.push(fire);
        return;
      }
      live = false;
      wake();
      checkIdle();
    };
    const cancelAlarm = clock.at(clock.epochMs() + delayMs, () => {
      cancels.delete(cancel);
      fire();
    });
    function cancel(): void {
      live = false;
      cancels.delete(cancel);
      cancelAlarm();
      queueMicrotask(checkIdle);
    }
    cancels.add(cancel);
    return cancel;
  }

  return {
    epochMs: clock.epochMs,
    after,
    busy() {
      work += 1;
      return () => {
        work -= 1;
        queueMicrotask(checkIdle);
      };
    },
    onceIdle(call) {
      idle.push(call);
      queueMicrotask(checkIdle);
    },
    thaw() {
      frozen = false;
      for (const fire of overdue.splice(0)) fire();
    },
    freeze() {
      frozen = true;
      idle.length = 0;
    },
    hasStopped: () => stopped,
    stop() {
      stopped = true;
      for (const cancel of cancels) cancel();
    },
  };
}
