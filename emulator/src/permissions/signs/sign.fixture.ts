import type { Stand } from '../../stand.fixture.ts';

/** What a caller of AWS would see of a permission, in a world that is fresh; `true` where the world was not friendly. */
export type Sign = (stand: Stand) => Promise<boolean>;

/** Whether the call was refused by that name; any other refusal is a failure of the test. */
export async function isRefused(call: Promise<unknown>, name: string): Promise<boolean> {
  try {
    await call;
    return false;
  } catch (error) {
    if (error instanceof Error && error.name === name) return true;
    throw error;
  }
}
