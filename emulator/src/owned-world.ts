import type { CallLines } from './call-lines.ts';
import type { Choice } from './choices.ts';
import type { World } from './service.ts';
import type { Strategy } from './strategy.ts';

/** A world as its owner sees it: what the services see, and what a driver and a report ask. */
export interface OwnedWorld extends World {
  /** The choices that were not friendly, in the order in which they fell. */
  readonly fired: () => readonly Choice[];
  /** Calls so far: `sqs.SendMessage` → count. */
  readonly requests: () => Readonly<Record<string, number>>;
  /** Calls and deliveries that are running and do not wait inside the world. */
  readonly inFlight: () => number;
  /** Waits inside the world: long polls, pauses between attempts. */
  readonly parked: () => number;
  readonly sibling: (place: { readonly accountId?: string; readonly region?: string }) => OwnedWorld | undefined;
  /** Counts as busy until `work` has ended. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
  readonly countRequest: (name: string) => void;
  /** The calls so far, by operation and resource. */
  readonly callLine: CallLines;
  readonly strategy: Strategy | undefined;
  /** The id of the next request. */
  readonly requestId: () => string;
}
