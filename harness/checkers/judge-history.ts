import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Checker, History, Verdict } from '#core';
import { generateKeys } from './generate-keys.ts';
import { generateMessaging } from './generate-messaging.ts';
import type { HistoryWriter } from './write-history.ts';

const statesMax = 100_000;

/** The verdict on a history written by hand. For tests. */
export function judge(checker: Checker, history: HistoryWriter): Verdict {
  return checker.check(history.history(), { statesMax });
}

const generators = { messaging: generateMessaging, keys: generateKeys } as const satisfies Record<
  string,
  (seed: number) => History
>;

/** The property of every checker: a valid history is never false, and not all of them are vacuous. For tests. */
export function holdsOn(checker: Checker, kind: keyof typeof generators): void {
  test(`${checker.name} - a generated valid history is never false`, () => {
    const verdicts = new Set<Verdict['valid']>();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const verdict = checker.check(generators[kind](seed), { statesMax });
        verdicts.add(verdict.valid);
        expect(verdict).not.toMatchObject({ valid: false });
      }),
      { numRuns: 200 },
    );
    expect(verdicts).toContain(true);
  });
}
