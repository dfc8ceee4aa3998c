import { AwsError } from '../errors.ts';
import type { World } from '../service.ts';
import { chance } from './chance.ts';
import type { PlannedAction } from './item-action.ts';
import { keyText } from './recent-writes.ts';

/** Ours: how long after a write another may still be thought to have met it. */
const CONFLICT_MS = 1000;

/**
 * Refuses a write where the world permits it and the item was just written: by anybody if this is part of a transaction,
 * by a transaction if it is not. Nothing runs at the same time here, so what came just before stands for it.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
 */
export function refuseConflict({ table, place, key }: PlannedAction, inTransaction: boolean, world: World): void {
  if (!world.isAdverse) return;
  const horizonMs = world.clock.epochMs() - CONFLICT_MS;
  const met = table.recentWrites.some(
    ({ position, atMs, transactional }) => position === place && atMs >= horizonMs && (inTransaction || transactional),
  );
  if (!met || chance(world, 'ADV-DDB-09-conflict', () => `${table.name}/${keyText(key)}`, 2) === 0) return;
  throw new AwsError('TransactionConflictException', 'Transaction is ongoing for the item');
}
