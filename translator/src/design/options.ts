import type { ConnectOptions } from '../connection.ts';
import type { SubjectMapping } from '../mapping.ts';
import type { Retry } from '../retry.ts';
import type { Fixes } from './fixes.ts';

/** A connection of the document's: as it stands where no fix is made. */
export interface DesignOptions extends ConnectOptions {
  readonly fixes: Fixes;
  /** In place of the document's: how subjects travel, those of `work` included. */
  readonly mapping?: SubjectMapping;
  /** Repeats what a deployment does, such as making queues and rules; that is not the document's code. */
  readonly deploying: Retry;
}
