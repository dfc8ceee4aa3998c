import { isAwsError } from '../aws-error.ts';
import type { Core } from './core.ts';
import type { Item } from './table.ts';

/** What became of a conditional write; `item` is what is there, where the command asks to be told. */
export type Outcome = { readonly written: true } | { readonly written: false; readonly item: Item | undefined };

/** For conditional writes: to be told what is there where the condition fails, instead of reading it. */
export const tellItem = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

/**
 * Makes a conditional write, again while its errors are transient. That the condition failed may be the doing of the write
 * itself: an attempt whose answer was lost is repeated, by the SDK too, and meets its own effect. So who is refused looks
 * whose write it was that is there.
 */
export async function conditional({ retry }: Pick<Core, 'retry'>, call: () => Promise<unknown>): Promise<Outcome> {
  try {
    await retry(call);
    return { written: true };
  } catch (error) {
    if (isAwsError(error, 'ConditionalCheckFailedException')) return { written: false, item: itemIn(error) };
    throw error;
  }
}

function itemIn(error: unknown): Item | undefined {
  return hasItem(error) ? error.Item : undefined;
}

/** As the SDK's class of this error declares it. */
function hasItem(error: unknown): error is { readonly Item: Item } {
  return typeof error === 'object' && error !== null && 'Item' in error && typeof error.Item === 'object';
}
