import { test } from 'vitest';
import { parseCapsule, readCapsule } from '../explore/capsule.ts';
import { expectGone } from '../explore/replay.ts';

/**
 * Registers one test: that the gap of a capsule is gone and stays so. `capsule` is the path of a file that
 * `parallax explore` wrote, or what is in it; with `profile` the same story is told in another one.
 */
export function capsuleTest(capsule: string | object, { profile }: { readonly profile?: string } = {}): void {
  const name = typeof capsule === 'string' ? capsule : 'a capsule';
  test(
    `the gap of ${name} is gone${profile === undefined ? '' : ` in ${profile}`}`,
    { timeout: replayLimitMs },
    async ({ signal }) => {
      const read =
        typeof capsule === 'string' ? await readCapsule(capsule) : parseCapsule(JSON.stringify(capsule), name);
      await expectGone(profile === undefined ? read : { ...read, profile }, { signal });
    },
  );
}

/** A replay of one run on the virtual clock takes milliseconds; loading the suites takes some hundred. */
const replayLimitMs = 60_000;
