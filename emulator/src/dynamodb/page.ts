import type { World } from '../service.ts';
import type { Attributes } from './attribute-value.ts';
import { parseAttributes, toWireAttributes } from './attribute-value.ts';
import type { ConsumedCapacity, Usage } from './capacity.ts';
import { consumedCapacity, readUnits } from './capacity.ts';
import { evaluate } from './expressions/evaluate.ts';
import type { Condition } from './expressions/syntax.ts';
import { invalid } from './invalid.ts';
import { keyAttributes, pickKey } from './key-schema.ts';
import { bytesRead, projectToIndex, readRange, startPosition } from './read.ts';
import { keyText } from './recent-writes.ts';
import type { KeyRange } from './sorted-map.ts';
import type { Index, StoredItem, Table } from './table.ts';
import type { WireAttributes } from './wire.ts';
import { dynamodbQuotas } from '../quotas.ts';

const EARLY_ENDS = 4;

/** One page of a query or scan. */
export interface PageRequest {
  readonly table: Table;
  readonly index: Index | undefined;
  readonly range: KeyRange;
  /** For the keys of choices: what is read. */
  readonly resource: string;
  readonly start: Attributes | undefined;
  readonly limit: number | undefined;
  readonly consistent: boolean;
  readonly filter: Condition | undefined;
  /** What is shown of an item. */
  readonly shape: (item: Attributes) => Attributes;
  /** Whether the items are read from the table although a local index was asked. */
  readonly fetch: boolean;
  readonly countOnly: boolean;
  readonly capacity: string | undefined;
}

export interface Page {
  readonly Items?: readonly WireAttributes[] | undefined;
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: WireAttributes | undefined;
  readonly ConsumedCapacity?: ConsumedCapacity | undefined;
}

/** Reads until the limit, 1 MB or the end; with the world's permission a page may end earlier (ADV-DDB-12). */
export function readPage(request: PageRequest, world: World): Page {
  const { table, index, filter, limit, consistent } = request;
  const scannedMax = Math.min(limit ?? Infinity, earlyEnd(request, world) ?? Infinity);
  const items: Attributes[] = [];
  let scanned = 0;
  let bytes = 0;
  let fetched = 0;
  let last: StoredItem | undefined;
  let more = false;
  const lookup = { index, range: startRange(request), consistent };
  for (const [, stored] of readRange(table, lookup, world)) {
    const size = bytesRead(table, index, stored);
    if (scanned > 0 && bytes + size > dynamodbQuotas.pageBytesMax) {
      more = true;
      break;
    }
    scanned += 1;
    bytes += size;
    if (request.fetch) fetched += readUnits(stored.bytes, consistent ? 'strong' : 'eventual');
    last = stored;
    const visible = index === undefined || request.fetch ? stored.item : projectToIndex(table, index, stored.item);
    if (filter === undefined || evaluate(filter, visible)) items.push(visible);
    if (scanned >= scannedMax) {
      more = true;
      break;
    }
  }
  const usage = pageUsage(request, bytes, fetched);
  const capacity = consumedCapacity(table, [usage], request.capacity);
  return {
    ...(!request.countOnly && { Items: items.map((item) => toWireAttributes(request.shape(item))) }),
    Count: items.length,
    ScannedCount: scanned,
    ...(more && last && { LastEvaluatedKey: toWireAttributes(evaluatedKey(table, index, last)) }),
    ...(capacity && { ConsumedCapacity: capacity }),
  };
}

/** After how many items the page ends by the world's choice: the same each time the same page is asked for. */
function earlyEnd({ start, resource }: PageRequest, world: World): number | undefined {
  if (!world.isAdverse) return undefined;
  const page = `${resource}/${start === undefined ? '' : keyText(start)}`;
  const option = world.choose('ADV-DDB-12', page, EARLY_ENDS);
  return option === 0 ? undefined : option;
}

function pageUsage({ index, consistent }: PageRequest, bytes: number, fetched: number): Usage {
  const units = readUnits(bytes, consistent ? 'strong' : 'eventual');
  return index === undefined
    ? { table: units, indexes: new Map() }
    : { table: fetched, indexes: new Map([[index, units]]) };
}

/** The item's key, and the index's where one was read. */
function evaluatedKey(table: Table, index: Index | undefined, { item }: StoredItem): Attributes {
  return { ...pickKey(table.keySchema, item), ...(index && pickKey(index.keySchema, item)) };
}

/** The range behind the exclusive start key. */
function startRange({ table, index, range, start }: PageRequest): KeyRange {
  if (start === undefined) return range;
  const place = startPosition(table, index, start);
  if (place === undefined) throw invalid('The provided starting key is invalid');
  if (place < range.from || (range.to !== undefined && place >= range.to)) {
    throw invalid('The provided starting key is outside query boundaries based on provided conditions');
  }
  // No key begins with another whole key, so this is the smallest behind it.
  return range.descending === true ? { ...range, to: place } : { ...range, from: `${place}\u0000` };
}

/** Throws ValidationException where an exclusive start key is not a key of the table, or of the index and the table. */
export function parseStartKey(wire: WireAttributes | undefined): Attributes | undefined {
  return wire === undefined ? undefined : parseAttributes(wire);
}

/** Throws ValidationException where an exclusive start key is not a key of the table, or of the index and the table. */
export function checkStartKey(table: Table, index: Index | undefined, start: Attributes | undefined): void {
  if (start === undefined) return;
  const expected = new Map(
    [...keyAttributes(table.keySchema), ...(index === undefined ? [] : keyAttributes(index.keySchema))].map(
      ({ name, type }) => [name, type],
    ),
  );
  const entries = Object.entries(start);
  const fits = entries.every(([name, { type }]) => expected.get(name) === type);
  if (!fits || entries.length !== expected.size) {
    throw invalid('The provided starting key is invalid: The provided key element does not match the schema');
  }
}
