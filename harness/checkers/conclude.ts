import { isNonEmpty } from '#core';
import type { Anomaly, Facts, Observation, Verdict } from '#core';
import type { Operation } from './operation.ts';

/**
 * The verdict a checker comes to. Anomalies come first; a checker that compared nothing, and one whose answer rests on
 * absence in a history that did not settle, cannot tell.
 */
export function conclude({
  facts,
  anomalies,
  compared,
  nothing,
  unsettled = false,
  instead = () => [],
  observations,
}: {
  readonly facts: Facts;
  readonly anomalies: readonly Anomaly[];
  /** How many comparisons were made. */
  readonly compared: number;
  /** What is said where that is 0. */
  readonly nothing: string;
  /** The answer rests on absence, and the history did not settle. */
  readonly unsettled?: boolean;
  /** Where nothing was compared: what should have been there to compare, and was lost. */
  readonly instead?: () => readonly Anomaly[];
  readonly observations?: Readonly<Record<string, Observation>>;
}): Verdict {
  const seen = observations === undefined ? { facts } : { facts, observations };
  const all = compared === 0 ? [...anomalies, ...instead()] : anomalies;
  if (isNonEmpty(all)) return { valid: false, anomalies: all, ...seen };
  if (unsettled) return { valid: 'unknown', reason: 'the history did not settle, and absence proves nothing', ...seen };
  if (compared === 0) return { valid: 'unknown', reason: nothing, vacuous: true, ...seen };
  return { valid: true, ...seen };
}

/** Definite failures that pass by themselves: the caller was told, and may try again. */
const transient = new Set(['throttled', 'conflict', 'closed', 'publish-failed', 'unavailable']);

/**
 * Calls that the system turned away for good, where NATS takes them: a call the profile lacks, a value it cannot carry,
 * a limit it has. `expected` names failures that the act means to provoke.
 */
export function refusals(operations: readonly Operation[], expected: readonly string[] = []): readonly Anomaly[] {
  return operations.flatMap(({ end, index, session, call }) => {
    if (end?.kind !== 'fail' || end.error === undefined) return [];
    if (transient.has(end.error) || expected.includes(end.error)) return [];
    return [
      {
        kind: end.error === 'unsupported' ? 'unsupported' : 'refused',
        message: `${call.name} of ${session} failed: ${end.error}`,
        evidence: [index, end.index] as const,
      },
    ];
  });
}
