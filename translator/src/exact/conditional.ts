import { isAwsError, isIndefinite } from '../aws-error.ts';
import type { Core } from './core.ts';

/**
 * How a conditional write ended. `refused-after-doubt`: the condition failed, but an attempt before had no answer, so
 * that this very write may have made it fail.
 */
export type WriteOutcome = 'done' | 'refused' | 'refused-after-doubt';

/** Makes a conditional write, again while its errors are transient. */
export async function conditional({ retry }: Core, call: () => Promise<unknown>): Promise<WriteOutcome> {
  let doubt = false;
  try {
    await retry(async () => {
      try {
        await call();
      } catch (error) {
        doubt ||= isIndefinite(error);
        throw error;
      }
    });
    return 'done';
  } catch (error) {
    if (isAwsError(error, 'ConditionalCheckFailedException')) return doubt ? 'refused-after-doubt' : 'refused';
    throw error;
  }
}
