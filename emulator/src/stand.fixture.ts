import { createVirtualClock, createWorld } from './index.ts';
import type { OwnedWorld, Permits, VirtualClock } from './index.ts';

/** A world on a virtual clock, and what moves it. */
export interface Stand {
  readonly world: OwnedWorld;
  readonly clock: VirtualClock;
  /** Waits for `work` while the clock goes on whenever nothing is busy. */
  readonly drive: <T>(work: Promise<T>) => Promise<T>;
  /** Lets the clock go on until nothing but idle waits is due, a day at most. */
  readonly idle: (untilMs?: number) => Promise<void>;
}

export function stand(options: { readonly permissions?: Permits; readonly seed?: number } = {}): Stand {
  const clock = createVirtualClock({ order: (key, count) => world.choose('NET-order', key, count) });
  const world = createWorld({ clock, ...options });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  async function drive<T>(work: Promise<T>): Promise<T> {
    const progress = { done: false };
    const end = () => {
      progress.done = true;
    };
    work.then(end, end);
    for (;;) {
      await turn();
      if (progress.done) return work;
      if (world.inFlight() === 0 && !clock.step()) throw new Error('it waits for what never comes');
    }
  }
  async function idle(untilMs = clock.epochMs() + 24 * 3_600_000): Promise<void> {
    for (;;) {
      await turn();
      if (world.inFlight() > 0) continue;
      const due = clock.nextWorkDueMs();
      if (due === undefined || due > untilMs) return;
      clock.step();
    }
  }
  return { world, clock, drive, idle };
}
