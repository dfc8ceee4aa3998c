import type { Capability } from './capability.ts';
import type { History } from './history.ts';
import type { Verdict } from './verdict.ts';

/** A search stops after so many states and answers `unknown`: work is bounded, never time. */
export interface Limits {
  readonly statesMax: number;
}

/** A pure judge of one promise. */
export interface Checker {
  readonly name: string;
  /** The promise its verdict speaks of. */
  readonly tests: Capability;
  readonly check: (history: History, limits: Limits) => Verdict;
}
