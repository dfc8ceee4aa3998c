import type { World } from '../service.ts';
import type { Attributes } from './attribute-value.ts';
import { sameAttributes } from './equality.ts';
import { scheduleExpiry } from './expiry-queue.ts';
import { attributesSize } from './item-size.ts';
import { pickKey, position } from './key-schema.ts';
import { logChange } from './recovery.ts';
import { keyText, remember } from './recent-writes.ts';
import dynamodb from './service.ts';
import { emit } from './stream-emit.ts';
import type { Index, StoredItem, Table } from './table.ts';

/** One item as it will be: a whole item to put, or the key of one to delete. */
export interface Write {
  readonly key: Attributes;
  readonly after: Attributes | undefined;
  /** Where it lies, where that is known already. */
  readonly place?: string;
  /** Its size afterwards, where that is known already. */
  readonly bytes?: number;
  /** Deleted by time to live, not by a caller. */
  readonly byService?: boolean;
  readonly transactional?: boolean;
  /** Came from the table's copy in another Region. */
  readonly replicated?: boolean;
}

/** Puts or deletes an item in the table, its indexes, its stream and its expiry queue at once; gives what is there then. */
export function write(table: Table, change: Write, world: World): StoredItem | undefined {
  const {
    key,
    after,
    place = itemPosition(table, key),
    byService = false,
    replicated = false,
    transactional = false,
  } = change;
  const before = table.items.get(place);
  // No change, no stream record: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html (ADV-DDB-06)
  if (after === undefined ? before === undefined : before !== undefined && sameAttributes(before.item, after))
    return before;
  const version = (before?.version ?? 0) + 1;
  const { bytes = after && attributesSize(after) } = change;
  const stored = after && { position: place, item: after, bytes: bytes ?? 0, version };
  if (stored === undefined) table.items.delete(place);
  else table.items.set(place, stored);
  table.bytes += (stored?.bytes ?? 0) - (before?.bytes ?? 0);
  for (const index of table.indexes.values()) moveInIndex(index, before, stored);
  if (world.isAdverse) {
    remember(table, { position: place, key, before, version, transactional }, world);
  }
  if (table.recovery !== undefined) logChange(table.recovery, { position: place, before }, world);
  scheduleExpiry(table, place, after, world);
  if (table.stream !== undefined && table.stream.status !== 'DISABLED') {
    emit(table.stream, { before: before?.item, after, byService, partition: place }, world);
  }
  if (!replicated) replicate(table, { key, after, byService }, world);
  return stored;
}

/**
 * How long the other Regions of a global table take: "usually within a second", more where the world permits (ADV-DDB-13).
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GlobalTables.html
 */
const REPLICATION_MS = [50, 900, 3000] as const;

function replicate(table: Table, change: Write, world: World): void {
  for (const region of table.replicas) {
    const resource = `${table.name}/${region}/${keyText(pickKey(table.keySchema, change.key))}`;
    const lagMs = REPLICATION_MS[world.choose('ADV-DDB-13', resource, REPLICATION_MS.length)] ?? 0;
    world.clock.at(world.clock.epochMs() + lagMs, () => {
      const sibling = world.sibling({ region });
      const copy = sibling?.state(dynamodb).tables.get(table.name);
      // A deletion by time to live reaches the copies as any other (ADV-DDB-04).
      if (sibling !== undefined && copy !== undefined)
        write(copy, { ...change, byService: false, replicated: true }, sibling);
    });
  }
}

/** Where the item with this key lies in the table. */
export function itemPosition(table: Table, key: Attributes): string {
  const place = position(table.keySchema, key);
  if (place === undefined) throw new Error(`no key of table '${table.name}'`);
  return place;
}

function moveInIndex(index: Index, before: StoredItem | undefined, after: StoredItem | undefined): void {
  const from = before && indexPosition(index, before);
  const to = after && indexPosition(index, after);
  if (from !== undefined && from !== to) index.entries.delete(from);
  if (to !== undefined && after !== undefined) index.entries.set(to, after);
  index.bytes += (to === undefined ? 0 : (after?.bytes ?? 0)) - (from === undefined ? 0 : (before?.bytes ?? 0));
}

/** Undefined for an item that the index leaves out. */
export function indexPosition(index: Index, stored: StoredItem): string | undefined {
  const place = position(index.keySchema, stored.item);
  return place === undefined ? undefined : place + stored.position;
}

/** Takes up what the table holds already. */
export function fillIndex(table: Table, index: Index): void {
  for (const [, stored] of table.items.entries({ from: '' })) moveInIndex(index, undefined, stored);
}
