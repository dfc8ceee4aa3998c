import { readFile } from 'node:fs/promises';
import { test } from 'vitest';
import { parseCapsule } from '../explore/capsule.ts';
import { expectGone } from '../explore/replay.ts';

/** Registers one test: that the gap of a capsule, which `parallax explore` wrote to `file`, is gone and stays so. */
export function capsuleTest(file: string): void {
  test(`the gap of ${file} is gone`, { timeout: replayLimitMs }, async ({ signal }) => {
    await expectGone(parseCapsule(await readFile(file, 'utf8'), file), { signal });
  });
}

/** A replay of one run on the virtual clock takes milliseconds; loading the suites takes some hundred. */
const replayLimitMs = 60_000;
