import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateKeys } from './generate-keys.ts';
import { generateMessaging } from './generate-messaging.ts';
import * as factories from './index.ts';

const { noEcho, ...plain } = factories;
const checkers = [...Object.values(plain).map((factory) => factory()), noEcho({ quiet: [] })];
const seed = fc.integer({ min: 0, max: 2 ** 31 });

/**
 * Valid histories of a small broker and of a bucket, whose every step falls at a random time. The conflicts that they
 * have are those of compare-and-set, which are no faults of the bucket.
 */
describe.each(checkers)('$name', ({ check }) => {
  test.each([
    ['messaging', generateMessaging],
    ['keys', generateKeys],
  ] as const)('is never false on a valid history of %s', (_, generate) => {
    fc.assert(
      fc.property(seed, (n) => {
        expect(check(generate(n), { statesMax: 100_000 })).not.toMatchObject({ valid: false });
      }),
      { numRuns: 100 },
    );
  });
});
