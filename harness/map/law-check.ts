import * as fc from 'fast-check';
import { UsageError } from '#core';
import { MappingShapeError } from './mapping-module.ts';
import type { Counterexample, LawOptions, LawResult } from './laws.ts';

/** What one case says: nothing, that the mapping excuses itself, or how the law is broken. */
export type Finding = 'kept' | 'unmappable' | Counterexample;

/**
 * Tries the small cases in their order and stops at the first that breaks the law, then random ones, shrunk.
 *
 * @throws MappingShapeError where the mapping answers what is no entry, subject or rule.
 */
export function checkLaw<Case>(
  {
    small,
    random,
    judge,
  }: {
    readonly small: Iterable<Case>;
    readonly random: fc.Arbitrary<Case>;
    readonly judge: (one: Case) => Finding;
  },
  { runs, seed }: LawOptions,
): LawResult {
  let tried = 0;
  let unmappable = 0;
  const count = (one: Case): Finding => {
    const finding = judge(one);
    tried += 1;
    if (finding === 'unmappable') unmappable += 1;
    return finding;
  };
  for (const one of small) {
    const finding = count(one);
    if (typeof finding !== 'string') return { kept: false, tried, unmappable, counterexample: finding };
  }
  const details = fc.check(
    fc.property(random, (one) => typeof count(one) === 'string'),
    { numRuns: runs, seed },
  );
  if (details.errorInstance instanceof MappingShapeError) throw details.errorInstance;
  const [shrunk] = details.counterexample ?? [];
  const finding = shrunk === undefined ? 'kept' : judge(shrunk);
  if (typeof finding === 'string') return { kept: true, tried, unmappable };
  return { kept: false, tried, unmappable, counterexample: finding };
}

/**
 * Does the error say that the case cannot be expressed: which token, which limit, whose page? An error from another
 * realm or module counts by its shape.
 */
export function isUnmappable(error: unknown): boolean {
  return (
    error instanceof Error &&
    ['token', 'limit', 'page'].every(
      (key) => typeof Reflect.get(error, key) === 'string' && Reflect.get(error, key) !== '',
    )
  );
}

/** The answer of a call, or what it threw; an answer of a wrong shape, or none in time, is not for a law to judge. */
export function attempt<T>(call: () => T): { readonly value: T } | { readonly error: unknown } {
  try {
    return { value: call() };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return { error };
  }
}

export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
