import type { World } from '../service.ts';
import type { Attributes } from './attribute-value.ts';
import { attributesFrom, attribute } from './attribute-value.ts';
import { attributesSize } from './item-size.ts';
import { keyAttributes, position } from './key-schema.ts';
import type { Overlay } from './recent-writes.ts';
import { missedWrites } from './recent-writes.ts';
import type { KeyRange, SortedMap } from './sorted-map.ts';
import type { Index, StoredItem, Table } from './table.ts';
import { indexPosition, itemPosition } from './write.ts';

/** The item with this key, or an older version of it where the read is eventually consistent and the world permits it. */
export function readItem(table: Table, key: Attributes, consistent: boolean, world: World): StoredItem | undefined {
  const place = itemPosition(table, key);
  const missed = consistent ? undefined : missedWrites(table, 'ADV-DDB-01', table.name, world, place);
  return missed?.has(place) === true ? missed.get(place) : table.items.get(place);
}

/** Where to look and how. */
export interface Lookup {
  readonly index: Index | undefined;
  readonly range: KeyRange;
  readonly consistent: boolean;
}

/** Items of the table or index in the range, in its order, as a replica or an index that lags sees them where permitted. */
export function* readRange(table: Table, lookup: Lookup, world: World): Generator<readonly [string, StoredItem], void> {
  const { index, range, consistent } = lookup;
  const entries = index?.entries ?? table.items;
  const overlay = consistent ? undefined : overlayFor(table, index, world);
  if (overlay === undefined) yield* entries.entries(range);
  else yield* merge(entries, earlier(index, overlay, range), overlay, range);
}

function overlayFor(table: Table, index: Index | undefined, world: World): Overlay | undefined {
  if (index?.scope === 'global') return missedWrites(table, 'ADV-DDB-02', `${table.name}/${index.name}`, world);
  return missedWrites(table, 'ADV-DDB-01', table.name, world);
}

/** The earlier versions that lie in the range, in its order. */
function earlier(
  index: Index | undefined,
  overlay: Overlay,
  { from, to, descending }: KeyRange,
): (readonly [string, StoredItem])[] {
  const found = [...overlay.values()].flatMap((stored) => {
    const place = stored && (index === undefined ? stored.position : indexPosition(index, stored));
    const inside = place !== undefined && place >= from && (to === undefined || place < to);
    return stored !== undefined && inside ? [[place, stored] as const] : [];
  });
  const sign = descending === true ? -1 : 1;
  return found.toSorted(([one], [two]) => (one < two ? -sign : sign));
}

function* merge(
  entries: SortedMap<StoredItem>,
  others: (readonly [string, StoredItem])[],
  overlay: Overlay,
  range: KeyRange,
): Generator<readonly [string, StoredItem], void> {
  const before = (one: string, two: string): boolean => (range.descending === true ? one > two : one < two);
  let next = others.shift();
  for (const entry of entries.entries(range)) {
    while (next !== undefined && before(next[0], entry[0])) {
      yield next;
      next = others.shift();
    }
    if (!overlay.has(entry[1].position)) yield entry;
  }
  if (next !== undefined) yield next;
  yield* others;
}

/** What the index holds of an item. */
export function projectToIndex(table: Table, index: Index, item: Attributes): Attributes {
  if (index.projection.type === 'ALL') return item;
  return attributesFrom(
    projectedNames(table, index).flatMap((name) => {
      const value = attribute(item, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** Names of the attributes that an index holds which does not hold all. */
export function projectedNames(table: Table, index: Index): readonly string[] {
  const keys = [...keyAttributes(table.keySchema), ...keyAttributes(index.keySchema)].map(({ name }) => name);
  return [...new Set([...keys, ...index.projection.nonKeyAttributes])];
}

/** Bytes that reading an item from the table or index costs. */
export function bytesRead(table: Table, index: Index | undefined, stored: StoredItem): number {
  if (index === undefined || index.projection.type === 'ALL') return stored.bytes;
  return attributesSize(projectToIndex(table, index, stored.item));
}

/** The place in the table or index of the item that an exclusive start key names. */
export function startPosition(table: Table, index: Index | undefined, key: Attributes): string | undefined {
  const inTable = position(table.keySchema, key);
  if (index === undefined || inTable === undefined) return inTable;
  const inIndex = position(index.keySchema, key);
  return inIndex === undefined ? undefined : inIndex + inTable;
}
