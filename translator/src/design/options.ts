import type { ConnectOptions } from '../connection.ts';
import type { Fixes } from './fixes.ts';

/** A connection of the document's: as it stands where no fix is made. */
export interface DesignOptions extends ConnectOptions {
  readonly fixes: Fixes;
}
