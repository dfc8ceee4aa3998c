import { describe, test } from 'vitest';
import { mappingLaws as lawsOf } from '../map/laws.ts';
import type { LawOptions } from '../map/laws.ts';
import { parseMapping } from '../map/mapping-module.ts';

/**
 * Registers a test per law of a subject mapping, in the test file that calls it; one that fails shows the shortest
 * counterexample that was found. `mapping` has `encode`, `decode` and `rule`.
 *
 * @throws UsageError where it lacks a function.
 */
export function mappingLaws(mapping: unknown, options: Partial<LawOptions> = {}): void {
  const laws = lawsOf(parseMapping(mapping, 'mapping'), options);
  describe('subject mapping', () => {
    for (const { name, promise, assert } of laws) test(`${name}: ${promise}`, { timeout: lawLimitMs }, assert);
  });
}

/** For one law of a mapping that takes its time; `parallax map verify` can end one that never answers. */
const lawLimitMs = 60_000;
