import { attribute, toWireAttributes, attributesFrom } from './attribute-value.ts';
import type { ConsumedCapacity } from './capacity.ts';
import { consumedCapacity, wantsCapacity, writeUsage } from './capacity.ts';
import type { Path } from './expressions/syntax.ts';
import { project } from './expressions/projection.ts';
import type { PlannedAction } from './item-action.ts';
import type { StoredItem } from './table.ts';
import type { WireAttributes } from './wire.ts';

export interface WriteRequest {
  readonly ReturnValues?: string | undefined;
  readonly ReturnConsumedCapacity?: string | undefined;
  readonly ReturnItemCollectionMetrics?: string | undefined;
}

export interface WriteAnswer {
  readonly Attributes?: WireAttributes | undefined;
  readonly ConsumedCapacity?: ConsumedCapacity | undefined;
  readonly ItemCollectionMetrics?: ItemCollectionMetrics | undefined;
}

export interface ItemCollectionMetrics {
  readonly ItemCollectionKey: WireAttributes;
  readonly SizeEstimateRangeGB: readonly number[];
}

interface Versions {
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
}

/** What PutItem, UpdateItem and DeleteItem answer. */
export function writeAnswer(
  request: WriteRequest,
  planned: PlannedAction,
  { before, after }: Versions,
  paths: readonly Path[] = [],
): WriteAnswer {
  const attributes = returnedAttributes(request.ReturnValues, { before, after }, paths);
  const { table } = planned;
  const detail = request.ReturnConsumedCapacity;
  const capacity = wantsCapacity(detail) && consumedCapacity(table, [writeUsage(table, before, after)], detail);
  const metrics = itemCollectionMetrics(planned, request.ReturnItemCollectionMetrics);
  return {
    ...(attributes && { Attributes: attributes }),
    ...(capacity && { ConsumedCapacity: capacity }),
    ...(metrics && { ItemCollectionMetrics: metrics }),
  };
}

/** As ReturnValues asks for it; undefined where there is nothing to show. */
export function returnedAttributes(
  wanted: string | undefined,
  { before, after }: Versions,
  paths: readonly Path[],
): WireAttributes | undefined {
  const item = wanted === 'ALL_OLD' || wanted === 'UPDATED_OLD' ? before?.item : after?.item;
  if (wanted === undefined || wanted === 'NONE' || item === undefined) return undefined;
  if (wanted === 'ALL_OLD' || wanted === 'ALL_NEW') return toWireAttributes(item);
  const updated = project(item, paths);
  return Object.keys(updated).length === 0 ? undefined : toWireAttributes(updated);
}

/**
 * Of the item's partition, where the table has local indexes. The estimate is a range in GB; more than one is beyond what
 * an emulator holds.
 */
export function itemCollectionMetrics(
  { table, key }: Pick<PlannedAction, 'table' | 'key'>,
  wanted: string | undefined,
): ItemCollectionMetrics | undefined {
  if (wanted !== 'SIZE') return undefined;
  const hasCollections = [...table.indexes.values()].some(({ scope }) => scope === 'local');
  const { name } = table.keySchema.hash;
  const hash = attribute(key, name);
  if (!hasCollections || hash === undefined) return undefined;
  return { ItemCollectionKey: toWireAttributes(attributesFrom([[name, hash]])), SizeEstimateRangeGB: [0, 1] };
}
