import { AwsError } from '../errors.ts';
import type { World } from '../service.ts';
import type { Attributes } from './attribute-value.ts';
import { toWireAttributes } from './attribute-value.ts';
import { evaluate } from './expressions/evaluate.ts';
import type { Condition, Path } from './expressions/syntax.ts';
import { invalid } from './invalid.ts';
import { attributesSize } from './item-size.ts';
import { checkIndexKeys } from './key-schema.ts';
import type { StoredItem, Table } from './table.ts';
import { itemPosition, write } from './write.ts';
import { dynamodbQuotas } from '../quotas.ts';

/**
 * What one request, or one member of a transaction, does to one item, with everything checked that needs no table.
 */
export interface ItemAction {
  readonly table: string;
  readonly kind: 'put' | 'update' | 'delete' | 'check';
  readonly condition: Condition | undefined;
  /** Whether the failure of the condition shows the item. */
  readonly showItemOnFailure: boolean;
  /** What it is answered with where that is not ConditionalCheckFailedException. */
  readonly failure?: AwsError;
  /** The key of the item; throws ValidationException where it is not the table's. */
  readonly key: (table: Table) => Attributes;
  /** The item afterwards; throws ValidationException where the change cannot be made. */
  readonly after: (before: Attributes | undefined, key: Attributes) => Attributes | undefined;
  /** The size of the item afterwards, where that is known without the one before. */
  readonly bytes?: number;
  /** What an update touches. */
  readonly paths: readonly Path[];
}

/** An action that can be carried out: its condition holds and what it makes of the item is allowed. */
export interface PlannedAction {
  readonly table: Table;
  readonly key: Attributes;
  readonly place: string;
  readonly before: StoredItem | undefined;
  readonly after: Attributes | undefined;
  /** Of `after`; 0 where there is nothing. */
  readonly bytes: number;
  readonly mutates: boolean;
}

/** Throws ConditionalCheckFailedException or ValidationException; changes nothing. */
export function plan(action: ItemAction, table: Table): PlannedAction {
  const key = action.key(table);
  const place = itemPosition(table, key);
  const before = table.items.get(place);
  if (action.condition !== undefined && !evaluate(action.condition, before?.item ?? {})) {
    throw action.failure ?? conditionFailed(action.showItemOnFailure ? before : undefined);
  }
  if (action.kind === 'check') {
    return { table, key, place, before, after: before?.item, bytes: before?.bytes ?? 0, mutates: false };
  }
  const after = action.after(before?.item, key);
  if (after === undefined) return { table, key, place, before, after, bytes: 0, mutates: true };
  const bytes = action.bytes ?? attributesSize(after);
  if (action.kind === 'update' && bytes > dynamodbQuotas.itemBytesMax) {
    throw invalid('Item size to update has exceeded the maximum allowed size');
  }
  checkIndexKeys(table.indexes.values(), after);
  return { table, key, place, before, after, bytes, mutates: true };
}

/** The answer to a condition that does not hold. With the item its message is spelled with a capital, as recorded. */
export function conditionFailed(item: StoredItem | undefined): AwsError {
  return new AwsError('ConditionalCheckFailedException', 'The conditional request failed', {
    ...(item && { members: { Item: toWireAttributes(item.item) }, messageMember: 'Message' }),
  });
}

/** Makes the change; gives the item before and after. */
export function carryOut(
  planned: PlannedAction,
  world: World,
  { transactional = false }: { readonly transactional?: boolean } = {},
): { before: StoredItem | undefined; after: StoredItem | undefined } {
  const { table, key, place, before, after, bytes, mutates } = planned;
  return { before, after: mutates ? write(table, { key, place, after, bytes, transactional }, world) : before };
}
