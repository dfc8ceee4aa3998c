import { AwsError } from '../errors.ts';
import type { World } from '../service.ts';
import { refuseConflict } from './conflict.ts';
import { invalid } from './invalid.ts';
import type { ItemAction, PlannedAction } from './item-action.ts';
import { carryOut, plan } from './item-action.ts';
import { emptyKey } from './key-schema.ts';
import type { StoredItem, Table } from './table.ts';
import type { WireAttributes } from './wire.ts';
import { itemPosition } from './write.ts';
import { dynamodbQuotas } from '../quotas.ts';

/** Why one member of a transaction failed; `None` for those that did not. */
export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: WireAttributes;
}

export interface TransactionMember {
  readonly action: ItemAction;
  readonly table: Table;
}

export interface CommittedMember {
  readonly planned: PlannedAction;
  readonly before: StoredItem | undefined;
  readonly after: StoredItem | undefined;
}

/** All or nothing. Throws TransactionCanceledException with a reason for each member. */
export function commit(members: readonly TransactionMember[], world: World): readonly CommittedMember[] {
  const outcomes = members.map((member) => attempt(() => planMember(member, world)));
  cancelOnFailure(outcomes);
  const planned = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  const bytes = planned.reduce((sum, action) => sum + action.bytes, 0);
  if (bytes > dynamodbQuotas.transactionBytesMax) {
    // The wording is ours; a ValidationException was seen, its message was not.
    throw invalid('The items of the transaction have exceeded the maximum allowed size of 4 MB');
  }
  return planned.map((action) => ({ planned: action, ...carryOut(action, world, { transactional: true }) }));
}

type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: CancellationReason };

/** Turns what one member was refused for into its reason. */
export function attempt<T>(work: () => T): Outcome<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { ok: false, reason: reasonOf(error) };
  }
}

const CODES: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: 'ConditionalCheckFailed',
  ProvisionedThroughputExceededException: 'ProvisionedThroughputExceeded',
  TransactionConflictException: 'TransactionConflict',
  DuplicateItemException: 'DuplicateItem',
  ValidationException: 'ValidationError',
};

function reasonOf({ code, message, members }: AwsError): CancellationReason {
  const item = members['Item'];
  return { Code: CODES[code] ?? code, Message: message, ...(isAttributes(item) && { Item: item }) };
}

function isAttributes(value: unknown): value is WireAttributes {
  return typeof value === 'object' && value !== null;
}

/** Throws TransactionCanceledException where a member failed. */
export function cancelOnFailure(outcomes: readonly Outcome<unknown>[]): void {
  if (outcomes.every(({ ok }) => ok)) return;
  const reasons = outcomes.map((outcome): CancellationReason => (outcome.ok ? { Code: 'None' } : outcome.reason));
  throw new AwsError(
    'TransactionCanceledException',
    'Transaction cancelled, please refer cancellation reasons for specific reasons ' +
      `[${reasons.map(({ Code }) => Code).join(', ')}]`,
    { members: { CancellationReasons: reasons } },
  );
}

function planMember({ action, table }: TransactionMember, world: World): PlannedAction {
  const planned = plan(action, table);
  refuseConflict(planned, true, world);
  return planned;
}

/** Throws ValidationException where two members mean the same item. */
export function refuseSameItem(keys: readonly { readonly table: Table; readonly position: string }[]): void {
  const places = new Set(keys.map(({ table, position }) => `${table.name}/${position}`));
  if (places.size < keys.length) throw invalid('Transaction request cannot include multiple operations on one item');
}

/**
 * Where a member's item lies; undefined where its key is not the table's, which is that member's own failure. An empty key is
 * the whole request's, as moto's tests found of AWS.
 */
export function memberPosition({ action, table }: TransactionMember): string | undefined {
  try {
    return itemPosition(table, action.key(table));
  } catch (error) {
    if (error instanceof AwsError && error.cause !== emptyKey) return undefined;
    throw error;
  }
}
