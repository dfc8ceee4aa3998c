import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { linearize } from './linearizability.ts';
import type { Interval, Model } from './linearizability.ts';
import { smallestViolation } from './smallest-violation.ts';

type Access = { readonly kind: 'write' | 'read'; readonly value: number };

const register: Model<number, Access> = {
  init: 0,
  step: (state, { kind, value }) => (kind === 'write' ? value : state === value ? state : undefined),
  key: String,
};

const statesMax = 1_000_000;

/** Every order there is, tried one by one. */
function everyOrder(intervals: readonly Interval<Access>[], state = 0): boolean {
  if (intervals.every(({ required }) => !required)) return true;
  const earliestEnd = Math.min(...intervals.filter(({ required }) => required).map(({ end }) => end));
  return intervals.some((interval) => {
    if (interval.call > earliestEnd) return false;
    const next = register.step(state, interval.operation);
    return (
      next !== undefined &&
      everyOrder(
        intervals.filter((other) => other !== interval),
        next,
      )
    );
  });
}

const access = fc.record({ kind: fc.constantFrom('write' as const, 'read' as const), value: fc.nat(2) });
const interval: fc.Arbitrary<Interval<Access>> = fc
  .tuple(access, fc.nat(12), fc.nat(6), fc.integer({ min: 0, max: 4 }))
  .map(([operation, call, length, luck]) => {
    const required = luck > 0 || operation.kind === 'read';
    // Calls at even, ends at odd times: an end and a call are never at one time, as in a history.
    return {
      operation,
      call: 2 * call,
      end: required ? 2 * (call + length) + 1 : Infinity,
      required,
      effect: operation.kind === 'write',
    };
  });

test('finds an order exactly where trying all of them does', () => {
  const answers = new Set<unknown>();
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 7 }), (intervals) => {
      const { linearizable } = linearize(register, intervals, { statesMax });
      answers.add(linearizable);
      expect(linearizable).toBe(everyOrder(intervals));
    }),
    { numRuns: 2_000 },
  );
  expect(answers).toEqual(new Set([true, false]));
});

test('a smallest violation is wrong, and right without any of its operations', () => {
  let violations = 0;
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 7 }), (intervals) => {
      fc.pre(!everyOrder(intervals));
      const violation = new Set(smallestViolation(register, intervals, { statesMax }));
      const weaken = (kept: ReadonlySet<Access>) =>
        intervals.flatMap((one) =>
          kept.has(one.operation) ? [one] : one.effect ? [{ ...one, required: false, end: Infinity }] : [],
        );
      expect(everyOrder(weaken(violation))).toBe(false);
      for (const operation of violation) {
        expect(everyOrder(weaken(new Set([...violation].filter((other) => other !== operation))))).toBe(true);
      }
      violations += 1;
    }),
    { numRuns: 300 },
  );
  expect(violations).toBe(300);
});

test('is bounded by states', () => {
  const writes = Array.from({ length: 12 }, (_, value): Interval<Access> => ({
    operation: { kind: 'write', value },
    call: value,
    end: 100 + value,
    required: true,
    effect: true,
  }));
  const read: Interval<Access> = {
    operation: { kind: 'read', value: 99 },
    call: 200,
    end: 201,
    required: true,
    effect: false,
  };
  expect(linearize(register, [...writes, read], { statesMax: 1_000 })).toEqual({
    linearizable: 'unknown',
    states: 1_000,
  });
  expect(linearize(register, [...writes, read], { statesMax }).linearizable).toBe(false);
});
