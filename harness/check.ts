import { judgeRow } from '#core';
import type { History, JudgedRun, Judgement, Profile, Row, Verdict } from '#core';

/** States a search may visit before it answers `unknown`: some seconds of work, on any machine the same. */
export const statesMax = 1_000_000;

/** The verdicts of a row's checkers on one history. A checker that throws could not tell. */
export function checkRow(row: Row, history: History): Readonly<Record<string, Verdict>> {
  return Object.fromEntries(row.checks.map((checker) => [checker.name, check(checker, history)]));
}

function check(checker: Row['checks'][number], history: History): Verdict {
  try {
    return checker.check(history, { statesMax });
  } catch (error) {
    return {
      valid: 'unknown',
      facts: {},
      reason: `the checker failed: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** Checks and judges one row on one history. */
export function judgeHistory({
  row,
  profile,
  history,
  failure,
}: {
  readonly row: Row;
  readonly profile: Profile;
  readonly history: History;
  readonly failure?: string;
}): { readonly checks: Readonly<Record<string, Verdict>>; readonly judgement: Judgement } {
  const checks = checkRow(row, history);
  const run: JudgedRun = {
    seed: history.header.seed,
    checks,
    reference: history.header.target === 'nats' ? 'itself' : history.header.reference[row.id],
    ...(failure === undefined ? {} : { failure }),
  };
  return { checks, judgement: judgeRow({ row, profile, run }) };
}
