import { setImmediate as turn } from 'node:timers/promises';
import type { VirtualClock } from './virtual-clock.ts';
import type { OwnedWorld } from './owned-world.ts';

/** A world that stays busy for so many turns of the event loop is stepped all the same. */
const turnsMax = 10_000;

/** Lets a world's time pass up to `toMs`: after each wake what it started comes to rest before the next one. */
export async function advance(clock: VirtualClock, world: Pick<OwnedWorld, 'inFlight'>, toMs: number): Promise<void> {
  await rest(world);
  for (let dueMs = clock.nextDueMs(); dueMs !== undefined && dueMs <= toMs; dueMs = clock.nextDueMs()) {
    clock.step();
    await rest(world);
  }
  clock.advanceTo(toMs);
}

/** One turn, so that what was just woken runs, and then as many as it takes until nothing is busy. */
async function rest(world: Pick<OwnedWorld, 'inFlight'>): Promise<void> {
  for (let turns = 0; turns < turnsMax; turns += 1) {
    await turn();
    if (world.inFlight() === 0) return;
  }
}
