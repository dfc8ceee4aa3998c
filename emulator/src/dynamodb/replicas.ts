import type { World } from '../service.ts';
import type { ReplicationGroupUpdate } from './generated/shapes.ts';
import { invalid, invalidParameter } from './invalid.ts';
import { activateLater, deleteLater } from './lifecycle.ts';
import dynamodb from './service.ts';
import { sortedMap } from './sorted-map.ts';
import { enableStream } from './stream-lifecycle.ts';
import type { Table } from './table.ts';
import { refuseUnsupported } from '../unsupported.ts';
import { emptyIndex } from './new-table.ts';
import { write } from './write.ts';

/** Adds and removes a table's copies in other Regions. Throws ValidationException where that cannot be, in words of ours. */
export function updateReplicas(table: Table, updates: readonly ReplicationGroupUpdate[], world: World): void {
  for (const update of updates) {
    refuseUnsupported(update, ['Update', 'Disassociate']);
    const { Create, Delete } = update;
    if (Create !== undefined) addReplica(table, Create.RegionName, world);
    if (Delete !== undefined) removeReplica(table, Delete.RegionName, world);
  }
}

function addReplica(table: Table, region: string, world: World): void {
  const sibling = world.sibling({ region });
  if (region === world.region || sibling === undefined) {
    throw invalidParameter(
      `Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or UpdateTable as required.`,
    );
  }
  if (table.stream?.view !== 'NEW_AND_OLD_IMAGES' || table.stream.status === 'DISABLED') {
    throw invalid('Table must have DynamoDB streams enabled with StreamViewType set to NEW_AND_OLD_IMAGES');
  }
  const state = sibling.state(dynamodb);
  if (state.tables.has(table.name))
    throw invalid(
      `Failed to create a the new replica of table with name: '${table.name}' because one or more replicas already existed as tables.`,
    );
  const copy: Table = {
    ...table,
    arn: table.arn.replace(`:${world.region}:`, `:${region}:`),
    createdAtMs: Math.floor(world.clock.epochMs()),
    items: sortedMap(),
    indexes: new Map([...table.indexes].map(([name, index]) => [name, emptyIndex(index)])),
    status: 'CREATING',
    bytes: 0,
    stream: undefined,
    timeToLive: undefined,
    timeToLiveChangedAtMs: undefined,
    recovery: undefined,
    tags: new Map(),
    insights: new Set(),
    policy: undefined,
    replicas: new Set([...table.replicas, world.region]),
    recentWrites: [],
  };
  state.tables.set(copy.name, copy);
  enableStream(state, copy, 'NEW_AND_OLD_IMAGES', sibling);
  for (const other of table.replicas) {
    world.sibling({ region: other })?.state(dynamodb).tables.get(table.name)?.replicas.add(region);
  }
  table.replicas.add(region);
  for (const [, { item }] of table.items.entries({ from: '' }))
    write(copy, { key: item, after: item, replicated: true }, sibling);
  activateLater(copy, sibling);
}

function removeReplica(table: Table, region: string, world: World): void {
  if (!table.replicas.has(region)) {
    throw invalid(`Replica not found for table ${table.name} in region ${region}`);
  }
  forgetReplica(table, region, world);
  const sibling = world.sibling({ region });
  const copy = sibling?.state(dynamodb).tables.get(table.name);
  if (sibling !== undefined && copy !== undefined) {
    copy.replicas.clear();
    deleteLater(sibling.state(dynamodb), copy, sibling);
  }
}

/** Tells the other copies that the one in this Region goes. */
export function forgetReplica(table: Table, region: string, world: World): void {
  for (const other of [world.region, ...table.replicas]) {
    world.sibling({ region: other })?.state(dynamodb).tables.get(table.name)?.replicas.delete(region);
  }
}
