import timers from 'node:timers/promises';
import type { Clock, Settled } from '#core';

/** What steps: a clock that stands still until told otherwise. */
export interface SteppingClock extends Clock {
  /** When the next timer of any kind is due. */
  readonly nextDueMs: () => number | undefined;
  /** When the next timer is due that is more than an idle poll or a lease. */
  readonly nextWorkDueMs: () => number | undefined;
  /** Goes to the next due time and wakes what is due, in the order in which it was asked for. */
  readonly step: () => void;
  /** What waits and until when, next first, at most `count`. */
  readonly waiting: (count: number) => readonly { readonly name: string; readonly dueMs: number }[];
}

export interface Driver {
  readonly drive: <T>(act: Promise<T>) => Promise<T>;
  readonly settle: (options: { readonly horizonMs: number; readonly signal: AbortSignal }) => Promise<Settled>;
}

/** Kept from before: a run on a virtual clock has the platform's timers taken away. */
const turn = timers.setImmediate;

/** The longest act of the suites takes some ten thousand steps. */
const stepsMax = 500_000;
/** So many turns of the event loop a call may take that waits for nothing on the clock. */
const busyTurnsMax = 100_000;

/**
 * Lets virtual time pass while an act runs. The clock steps only when nothing is busy: no call is under way that is
 * not parked on the clock itself, and the event loop has had a turn.
 *
 * @throws Error where the act waits and nothing is due (it would wait for ever), or after `stepsMax` steps, naming what
 * waits for what.
 */
export function createDriver(clock: SteppingClock, busy: () => boolean): Driver {
  let settling:
    | { readonly horizonMs: number; readonly untilMs: number; readonly resolve: (settled: Settled) => void }
    | undefined;

  async function drive<T>(act: Promise<T>): Promise<T> {
    const state = { running: true };
    const ended = act.finally(() => {
      state.running = false;
    });
    ended.catch(() => undefined);
    for (let steps = 0, busyTurns = 0; state.running;) {
      await turn();
      if (!state.running) continue;
      if (busy()) {
        busyTurns += 1;
        if (busyTurns === busyTurnsMax) throw new Error(`a call did not come back within ${busyTurnsMax} turns`);
        continue;
      }
      busyTurns = 0;
      const due = settling === undefined ? clock.nextDueMs() : clock.nextWorkDueMs();
      if (settling !== undefined && (due === undefined || due > settling.untilMs)) {
        const { horizonMs, resolve } = settling;
        resolve(due === undefined ? { complete: true } : { complete: true, horizonMs });
        settling = undefined;
        continue;
      }
      if (due === undefined) throw new Error('nothing is due and the act has not ended');
      if (steps === stepsMax) {
        throw new Error(`the act did not end within ${stepsMax} steps of the virtual clock; ${whatWaits(clock)}`);
      }
      steps += 1;
      clock.step();
    }
    return ended;
  }

  return {
    drive,
    settle: ({ horizonMs }) =>
      new Promise((resolve) => {
        settling = { horizonMs, untilMs: clock.epochMs() + horizonMs, resolve };
      }),
  };
}

const namedMax = 5;

function whatWaits(clock: SteppingClock): string {
  const nowMs = clock.epochMs();
  const waiting = clock.waiting(namedMax).map(({ name, dueMs }) => `${name} for ${(dueMs - nowMs) / 1000} s more`);
  return `waiting: ${waiting.join(', ') || 'nothing'}`;
}
