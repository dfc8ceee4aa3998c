import { isAwsError } from '../aws-error.ts';
import type { Core } from './core.ts';

/**
 * Makes a conditional write, again while its errors are transient; `false` where the condition failed. That may be the
 * doing of the write itself: an attempt whose answer was lost is repeated, by the SDK too, and meets its own effect. So
 * who is refused looks whose write it was that is there.
 */
export async function conditional({ retry }: Pick<Core, 'retry'>, call: () => Promise<unknown>): Promise<boolean> {
  try {
    await retry(call);
    return true;
  } catch (error) {
    if (isAwsError(error, 'ConditionalCheckFailedException')) return false;
    throw error;
  }
}
