import type { World } from '../service.ts';
import { scheduleExpiry } from './expiry-queue.ts';
import { pickKey } from './key-schema.ts';
import { sortedMap } from './sorted-map.ts';
import type { Table } from './table.ts';
import { write } from './write.ts';

/** Switches expiry on and takes up the items that are there. */
export function enableTimeToLive(table: Table, attributeName: string, world: World): void {
  disableTimeToLive(table);
  table.timeToLive = {
    attributeName,
    due: sortedMap(),
    entries: new Map(),
    expire: (position) => deleteExpired(table, position, world),
    cancelTimer: undefined,
    timerDueMs: Infinity,
  };
  for (const [position, stored] of table.items.entries({ from: '' })) {
    scheduleExpiry(table, position, stored.item, world);
  }
}

export function disableTimeToLive(table: Table): void {
  table.timeToLive?.cancelTimer?.();
  table.timeToLive = undefined;
}

/** The stream tells such a deletion by its user identity (ADV-DDB-04):
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
 */
function deleteExpired(table: Table, position: string, world: World): void {
  const stored = table.items.get(position);
  if (stored === undefined) return;
  write(table, { key: pickKey(table.keySchema, stored.item), after: undefined, byService: true }, world);
}
