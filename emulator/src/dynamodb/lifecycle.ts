import type { World } from '../service.ts';
import { disableTimeToLive } from './time-to-live.ts';
import type { DynamoState, Index, Table } from './table.ts';
import { disableStream } from './stream-lifecycle.ts';
import { fillIndex } from './write.ts';

/** AWS publishes no times; these are short enough to wait for and long enough to be seen. */
const CREATE_MS = 50;
const UPDATE_MS = 50;
const DELETE_MS = 50;

export function activateLater(table: Table, world: World): void {
  world.clock.at(world.clock.epochMs() + CREATE_MS, () => {
    if (table.status === 'CREATING') table.status = 'ACTIVE';
    for (const index of table.indexes.values()) if (index.status === 'CREATING') index.status = 'ACTIVE';
  });
}

/** The table answers requests while it is being updated. */
export function updateFor(table: Table, world: World): void {
  table.status = 'UPDATING';
  world.clock.at(world.clock.epochMs() + UPDATE_MS, () => {
    if (table.status === 'UPDATING') table.status = 'ACTIVE';
  });
}

/** The index takes new items up at once and those that are there before it can be read. */
export function addIndex(table: Table, index: Index, world: World): void {
  index.backfilling = true;
  table.indexes.set(index.name, index);
  fillIndex(table, index);
  world.clock.at(world.clock.epochMs() + UPDATE_MS, () => {
    index.backfilling = false;
    index.status = 'ACTIVE';
  });
}

export function removeIndex(table: Table, index: Index, world: World): void {
  index.status = 'DELETING';
  world.clock.at(world.clock.epochMs() + UPDATE_MS, () => {
    if (table.indexes.get(index.name) === index) table.indexes.delete(index.name);
  });
}

export function updateIndex(index: Index, world: World): void {
  index.status = 'UPDATING';
  world.clock.at(world.clock.epochMs() + UPDATE_MS, () => {
    if (index.status === 'UPDATING') index.status = 'ACTIVE';
  });
}

export function deleteLater(state: DynamoState, table: Table, world: World): void {
  table.status = 'DELETING';
  disableTimeToLive(table);
  disableStream(state, table, world);
  world.clock.at(world.clock.epochMs() + DELETE_MS, () => {
    if (state.tables.get(table.name) === table) state.tables.delete(table.name);
  });
}
