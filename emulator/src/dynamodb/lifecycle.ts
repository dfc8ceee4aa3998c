import type { World } from '../service.ts';
import { chance } from './chance.ts';
import { settleEncryption } from './encryption.ts';
import { disableTimeToLive } from './time-to-live.ts';
import type { DynamoState, Index, Table } from './table.ts';
import { disableStream } from './stream-lifecycle.ts';
import { fillIndex } from './write.ts';

/**
 * How long creating, changing and deleting take: AWS publishes no times. The friendly one lets a waiter's first look find the
 * table ready, since the SDKs' waiters look again only after 20 seconds; others where the world permits (ADV-DDB-14).
 */
const DURATIONS_MS = [1, 1000, 10_000] as const;

/** Wakes when what was asked of the table or index has been done. */
function afterwards(table: Table, what: string, wake: () => void, world: World): void {
  const option = chance(world, 'ADV-DDB-14', () => `${table.name}/${what}`, DURATIONS_MS.length);
  world.clock.at(world.clock.epochMs() + (DURATIONS_MS[option] ?? 1), wake);
}

export function activateLater(table: Table, world: World): void {
  afterwards(
    table,
    'create',
    () => {
      if (table.status === 'CREATING') table.status = 'ACTIVE';
      for (const index of table.indexes.values()) if (index.status === 'CREATING') index.status = 'ACTIVE';
    },
    world,
  );
}

/** The table answers requests while it is being updated. */
export function updateFor(table: Table, world: World): void {
  table.status = 'UPDATING';
  afterwards(
    table,
    'update',
    () => {
      if (table.status === 'UPDATING') table.status = 'ACTIVE';
      settleEncryption(table);
    },
    world,
  );
}

/** The index takes new items up at once and those that are there before it can be read. */
export function addIndex(table: Table, index: Index, world: World): void {
  index.backfilling = true;
  table.indexes.set(index.name, index);
  fillIndex(table, index);
  afterwards(
    table,
    'update',
    () => {
      index.backfilling = false;
      index.status = 'ACTIVE';
    },
    world,
  );
}

export function removeIndex(table: Table, index: Index, world: World): void {
  index.status = 'DELETING';
  afterwards(
    table,
    'update',
    () => {
      if (table.indexes.get(index.name) === index) table.indexes.delete(index.name);
    },
    world,
  );
}

export function updateIndex(table: Table, index: Index, world: World): void {
  index.status = 'UPDATING';
  afterwards(
    table,
    'update',
    () => {
      if (index.status === 'UPDATING') index.status = 'ACTIVE';
    },
    world,
  );
}

export function deleteLater(state: DynamoState, table: Table, world: World): void {
  table.status = 'DELETING';
  disableTimeToLive(table);
  disableStream(state, table, world);
  afterwards(
    table,
    'delete',
    () => {
      if (state.tables.get(table.name) === table) state.tables.delete(table.name);
    },
    world,
  );
}
