import type { World } from '../../service.ts';
import type { Attributes, AttributeValue } from '../attribute-value.ts';
import { attributesFrom, toWireAttributes } from '../attribute-value.ts';
import type { ConsumedCapacity } from '../capacity.ts';
import { valueAt } from '../expressions/evaluate.ts';
import { invalid } from '../invalid.ts';
import { keyRange } from '../key-condition.ts';
import type { PageRequest } from '../page.ts';
import { parseStartKey, readPage } from '../page.ts';
import { keyText } from '../recent-writes.ts';
import type { KeyRange } from '../sorted-map.ts';
import type { Index, Table } from '../table.ts';
import { indexNamed } from '../tables.ts';
import type { WireAttributes } from '../wire.ts';
import { queriesOf } from './key-lookup.ts';
import type { Column, Select } from './statement.ts';

export interface SelectOptions {
  readonly consistent: boolean;
  readonly limit: number | undefined;
  readonly capacity: string | undefined;
  readonly start: SelectStart | undefined;
}

/** Where a SELECT goes on: in which of its partitions, behind which key. */
export interface SelectStart {
  readonly part: number;
  readonly key: WireAttributes | undefined;
}

export interface Selected {
  readonly items: readonly WireAttributes[];
  readonly next: SelectStart | undefined;
  readonly capacity: ConsumedCapacity | undefined;
}

/** Reads one page: a query for each partition that the condition names, or else a scan. */
export function select(statement: Select, table: Table, options: SelectOptions, world: World): Selected {
  if (statement.index !== undefined && !table.indexes.has(statement.index)) {
    // Query names the index, PartiQL does not, as moto's tests found of AWS.
    throw invalid('The table does not have the specified index');
  }
  const index = indexNamed(table, statement.index);
  if (options.consistent && index?.scope === 'global') {
    throw invalid('Consistent reads are not supported on global secondary indexes');
  }
  const parts = partsOf(statement, table, index);
  const { part, key } = options.start ?? { part: 0, key: undefined };
  const target = parts[part] ?? parts[0];
  if (target === undefined) throw invalid('Invalid NextToken');
  const page = readPage(
    { ...pageRequest(statement, table, index, options), ...target, start: parseStartKey(key) },
    world,
  );
  const last = page.LastEvaluatedKey;
  const goesOn = last !== undefined || part + 1 < parts.length;
  return {
    items: page.Items ?? [],
    next: goesOn ? { part: last === undefined ? part + 1 : part, key: last } : undefined,
    capacity: page.ConsumedCapacity,
  };
}

interface Part {
  readonly range: KeyRange;
  readonly resource: string;
}

function partsOf(statement: Select, table: Table, index: Index | undefined): readonly Part[] {
  const schema = index?.keySchema ?? table.keySchema;
  const queries = queriesOf(schema, statement.where);
  const descending = orderOf(statement, queries !== undefined, schema.range?.name, schema.hash.name);
  const resource = `${table.name}/${index?.name ?? ''}`;
  if (queries === undefined) return [{ range: { from: '' }, resource: `${resource}*` }];
  return queries.map((query) => ({
    range: keyRange(query, descending),
    resource: resource + keyText(attributesFrom([[schema.hash.name, query.hash]])),
  }));
}

function orderOf({ order }: Select, hasPartition: boolean, range: string | undefined, hash: string): boolean {
  if (order.length === 0) return false;
  if (!hasPartition) {
    throw invalid('Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.');
  }
  const unknown = order.find(({ name }) => name !== range && name !== hash);
  if (unknown !== undefined)
    throw invalid(`Variable reference ${unknown.name} in ORDER BY clause must be part of the primary key`);
  return order.some(({ name, descending }) => name === range && descending);
}

function pageRequest(
  { where, columns }: Select,
  table: Table,
  index: Index | undefined,
  { limit, consistent, capacity }: SelectOptions,
): Omit<PageRequest, 'range' | 'resource' | 'start'> {
  const shape = (item: Attributes): Attributes => pickColumns(item, columns);
  return { table, index, limit, consistent, filter: where, shape, fetch: false, countOnly: false, capacity };
}

/** What a SELECT shows of an item. */
export function pickColumns(item: Attributes, columns: readonly Column[] | undefined): Attributes {
  if (columns === undefined) return item;
  return attributesFrom(
    columns.flatMap(({ path, name }): (readonly [string, AttributeValue])[] => {
      const value = valueAt(path, item);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

export function selectedWire(item: Attributes, columns: readonly Column[] | undefined): WireAttributes {
  return toWireAttributes(pickColumns(item, columns));
}
