import type { World } from './service.ts';

/** Starts `work` once `delayMs` have passed on the world's clock; what it returns cancels that. `name` as for `at`. */
export function later(world: World, delayMs: number, work: () => Promise<void>, name?: string): () => void {
  return world.clock.at(world.clock.epochMs() + delayMs, () => world.spawn(work), 'work', name);
}
