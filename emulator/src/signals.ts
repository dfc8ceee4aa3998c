import type { World } from './service.ts';

const waiting = new WeakMap<World, Map<string, Set<() => void>>>();

/** Calls `wake` once, the next time that `raiseSignal` names the same resource; what it returns cancels that. */
export function awaitSignal(world: World, arn: string, wake: () => void): () => void {
  const byArn = waiting.get(world) ?? new Map<string, Set<() => void>>();
  waiting.set(world, byArn);
  const wakes = byArn.get(arn) ?? new Set();
  byArn.set(arn, wakes);
  wakes.add(wake);
  return () => wakes.delete(wake);
}

/** Tells whoever waits for it that a resource has something new: a stream a record. */
export function raiseSignal(world: World, arn: string): void {
  const wakes = waiting.get(world)?.get(arn);
  if (wakes === undefined) return;
  const called = [...wakes];
  wakes.clear();
  for (const wake of called) wake();
}
