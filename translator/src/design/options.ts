import type { ConnectOptions } from '../connection.ts';
import type { Retry } from '../retry.ts';
import type { Fixes } from './fixes.ts';

/** A connection of the document's: as it stands where no fix is made. */
export interface DesignOptions extends ConnectOptions {
  readonly fixes: Fixes;
  /** Repeats what a deployment does, such as making queues and rules; that is not the document's code. */
  readonly deploying: Retry;
}
