import type { LambdaState } from './state.ts';

/** Invocations under way in the account, over all functions. */
export function countRunning({ functions }: LambdaState): number {
  let running = 0;
  for (const fn of functions.values()) running += fn.running;
  return running;
}
