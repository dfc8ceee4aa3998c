import { attributesSize } from './item-size.ts';
import { projectToIndex } from './read.ts';
import type { Index, StoredItem, Table } from './table.ts';
import { indexPosition } from './write.ts';
import { dynamodbQuotas } from '../quotas.ts';

/** Units used on a table, and on each of its indexes that took part. */
export interface Usage {
  readonly table: number;
  readonly indexes: ReadonlyMap<Index, number>;
}

export type Consistency = 'eventual' | 'strong' | 'transactional';

export function readUnits(bytes: number, consistency: Consistency): number {
  const units = Math.max(1, Math.ceil(bytes / dynamodbQuotas.readUnitBytes));
  return consistency === 'eventual' ? units / 2 : consistency === 'strong' ? units : units * 2;
}

/** Of one write: the larger of before and after, in the table and in each index whose entry changes. */
export function writeUsage(
  table: Table,
  before: StoredItem | undefined,
  after: StoredItem | undefined,
  transactional = false,
): Usage {
  const factor = transactional ? 2 : 1;
  const units = (bytes: number): number => factor * Math.max(1, Math.ceil(bytes / dynamodbQuotas.writeUnitBytes));
  const indexes = new Map<Index, number>();
  for (const index of table.indexes.values()) {
    const entries = indexEntryWrites(table, index, before, after);
    if (entries.length > 0)
      indexes.set(
        index,
        entries.reduce((sum, bytes) => sum + units(bytes), 0),
      );
  }
  return { table: units(Math.max(before?.bytes ?? 0, after?.bytes ?? 0)), indexes };
}

/** Bytes of each entry that has to be written: one where it comes, goes or changes, two where it moves. */
function indexEntryWrites(
  table: Table,
  index: Index,
  before: StoredItem | undefined,
  after: StoredItem | undefined,
): readonly number[] {
  const from = before && indexPosition(index, before);
  const to = after && indexPosition(index, after);
  const size = (stored: StoredItem | undefined): number =>
    stored === undefined ? 0 : attributesSize(projectToIndex(table, index, stored.item));
  if (from !== undefined && to !== undefined && from === to) {
    return before === after ? [] : [Math.max(size(before), size(after))];
  }
  return [...(from === undefined ? [] : [size(before)]), ...(to === undefined ? [] : [size(after)])];
}

export interface ConsumedCapacity {
  readonly TableName: string;
  readonly CapacityUnits: number;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
  readonly Table?: Units;
  readonly LocalSecondaryIndexes?: Readonly<Record<string, Units>>;
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, Units>>;
}

interface Units {
  readonly CapacityUnits: number;
  readonly ReadCapacityUnits?: number;
  readonly WriteCapacityUnits?: number;
}

/** Does ReturnConsumedCapacity ask for any? */
export function wantsCapacity(detail: string | undefined): detail is 'TOTAL' | 'INDEXES' {
  return detail === 'TOTAL' || detail === 'INDEXES';
}

/** As ReturnConsumedCapacity asks for it; undefined for `NONE`. */
export function consumedCapacity(
  table: Table,
  usages: readonly Usage[],
  detail: string | undefined,
): ConsumedCapacity | undefined {
  if (!wantsCapacity(detail)) return undefined;
  const onTable = usages.reduce((sum, usage) => sum + usage.table, 0);
  const onIndexes = new Map<Index, number>();
  for (const usage of usages) {
    for (const [index, units] of usage.indexes) onIndexes.set(index, (onIndexes.get(index) ?? 0) + units);
  }
  const total = [...onIndexes.values()].reduce((sum, units) => sum + units, onTable);
  const TableName = table.name;
  if (detail === 'TOTAL') return { TableName, CapacityUnits: total };
  const local = indexUnits(onIndexes, 'local');
  const global = indexUnits(onIndexes, 'global');
  return {
    TableName,
    CapacityUnits: total,
    Table: { CapacityUnits: onTable },
    ...(local && { LocalSecondaryIndexes: local }),
    ...(global && { GlobalSecondaryIndexes: global }),
  };
}

function indexUnits(usage: ReadonlyMap<Index, number>, scope: Index['scope']): Record<string, Units> | undefined {
  const entries = [...usage]
    .filter(([index]) => index.scope === scope)
    .map(([index, units]) => [index.name, { CapacityUnits: units }] as const);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
