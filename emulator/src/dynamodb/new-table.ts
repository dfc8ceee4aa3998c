import { uuid } from '../ids.ts';
import type { World } from '../service.ts';
import { encryption } from './encryption.ts';
import type { CreateTableInput } from './generated/shapes.ts';
import { sortedMap } from './sorted-map.ts';
import type { Index, Table } from './table.ts';
import type { TableDefinition } from './table-definition.ts';

/** An empty table that is being created. */
export function newTable(
  name: string,
  definition: TableDefinition,
  input: Omit<CreateTableInput, 'TableName'>,
  world: World,
): Table {
  const nowMs = Math.floor(world.clock.epochMs());
  const warm = input.WarmThroughput;
  return {
    name,
    arn: `arn:aws:dynamodb:${world.region}:${world.accountId}:table/${name}`,
    id: uuid(world.random),
    createdAtMs: nowMs,
    keySchema: definition.keySchema,
    attributeDefinitions: definition.attributes,
    items: sortedMap(),
    indexes: new Map(definition.indexes.map((index) => [index.name, index])),
    status: 'CREATING',
    bytes: 0,
    billingMode: definition.billingMode,
    onDemandSinceMs: definition.billingMode === 'PAY_PER_REQUEST' ? nowMs : undefined,
    throughput: definition.throughput,
    warmThroughput: warm && { readUnits: warm.ReadUnitsPerSecond ?? 0, writeUnits: warm.WriteUnitsPerSecond ?? 0 },
    throughputDecreases: 0,
    onDemandThroughput: input.OnDemandThroughput,
    deletionProtection: input.DeletionProtectionEnabled === true,
    tableClass: input.TableClass,
    encryption: encryption(input.SSESpecification, world),
    stream: undefined,
    timeToLive: undefined,
    timeToLiveChangedAtMs: undefined,
    tags: new Map((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    recovery: undefined,
    insights: new Set(),
    policy:
      input.ResourcePolicy === undefined ? undefined : { document: input.ResourcePolicy, revision: uuid(world.random) },
    replicas: new Set(),
    recentWrites: [],
  };
}

/** The same index with nothing in it yet. */
export function emptyIndex(index: Index): Index {
  return { ...index, entries: sortedMap(), status: 'CREATING', backfilling: false, bytes: 0 };
}
