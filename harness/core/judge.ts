import type { Profile } from './capability.ts';
import type { Outcome } from './report.ts';
import type { Row } from './scenario.ts';
import type { Direction, Observation, Verdict } from './verdict.ts';
import { isNonEmpty } from './verdict.ts';

/** One run of an act, as far as judging a row of it needs to know. */
export interface JudgedRun {
  readonly seed: number | 'friendly';
  /** By checker name. */
  readonly checks: Readonly<Record<string, Verdict>>;
  /** What NATS was observed to do in this row; `itself` where the run is NATS's own. */
  readonly reference: Readonly<Record<string, string>> | 'itself' | undefined;
  /** Why the run broke off, where it did. */
  readonly failure?: string;
}

export interface Judgement {
  readonly outcome: Outcome;
  readonly direction?: Direction;
  readonly reason?: string;
  /** Set where the outcome is `unknown` only because nothing was compared. */
  readonly vacuous?: true;
}

/** The outcome of a row in one run: the first of the five steps that applies. */
export function judgeRow({
  row,
  profile,
  run,
}: {
  readonly row: Row;
  readonly profile: Profile;
  readonly run: JudgedRun;
}): Judgement {
  const verdicts = row.checks.map(({ name }) => ({ name, verdict: run.checks[name] }));
  return (
    judgeUnsupported(row, profile) ??
    (row.level === 'MUST' ? judgeFalse(verdicts, { outcome: 'gap' }) : undefined) ??
    judgeUnknown(verdicts, run) ??
    judgeFalse(verdicts, { outcome: 'allowed', direction: 'weaker' }) ??
    judgeUnlike(verdicts, run) ?? { outcome: 'same' }
  );
}

/**
 * The outcome of a cell from its runs, friendly first, and the index of the run that decided it.
 *
 * A gap in any run is a gap. Else it is unknown if the friendly run was, if an adverse run was for more than having
 * compared nothing, or if every adverse run compared nothing; else allowed if any run was.
 */
export function judgeCell(runs: readonly Judgement[]): Judgement & { readonly decidedBy: number } {
  const [friendly, ...adverse] = runs;
  if (friendly === undefined) return { outcome: 'not-run', reason: 'no run', decidedBy: 0 };
  const decide = (found: (run: Judgement, index: number) => boolean) => {
    const decidedBy = runs.findIndex(found);
    const run = runs[decidedBy];
    return run === undefined ? undefined : { ...run, decidedBy };
  };
  const allVacuous = adverse.length > 0 && adverse.every((run) => run.vacuous === true);
  return (
    decide((run) => run.outcome === 'gap') ??
    decide((run, index) => index === 0 && (run.outcome === 'unsupported' || run.outcome === 'not-run')) ??
    decide((run, index) => run.outcome === 'unknown' && (index === 0 || allVacuous || run.vacuous !== true)) ??
    decide((run) => run.outcome === 'allowed') ?? { ...friendly, decidedBy: 0 }
  );
}

type Named = readonly { readonly name: string; readonly verdict: Verdict | undefined }[];

function judgeUnsupported(row: Row, profile: Profile): Judgement | undefined {
  for (const capability of row.requires) {
    const support = profile[capability];
    if (support.level === 'none') {
      return { outcome: 'unsupported', reason: `${capability}: ${support.why} (${support.source})` };
    }
  }
  return undefined;
}

function judgeFalse(verdicts: Named, judgement: Judgement): Judgement | undefined {
  for (const { name, verdict } of verdicts) {
    if (verdict?.valid === false) return { ...judgement, reason: `${name}: ${verdict.anomalies[0].message}` };
  }
  return undefined;
}

function judgeUnknown(verdicts: Named, run: JudgedRun): Judgement | undefined {
  const undecided = verdicts.flatMap(({ name, verdict }) => {
    if (verdict === undefined) return [{ reason: `${name}: was not checked`, vacuous: false }];
    if (verdict.valid !== 'unknown') return [];
    return [{ reason: `${name}: ${verdict.reason}`, vacuous: verdict.vacuous === true }];
  });
  const reasons = [
    ...(run.failure === undefined ? [] : [{ reason: `the run broke off: ${run.failure}`, vacuous: false }]),
    ...undecided,
    ...missingReference(verdicts, run).map((reason) => ({ reason, vacuous: false })),
  ];
  const worst = reasons.find(({ vacuous }) => !vacuous) ?? reasons[0];
  if (worst === undefined) return undefined;
  return { outcome: 'unknown', reason: worst.reason, ...(worst.vacuous ? { vacuous: true } : {}) };
}

/** What a friendly run saw that NATS was not asked for, or NATS was seen to do and a run that is else in order was not. */
function missingReference(verdicts: Named, run: JudgedRun): readonly string[] {
  if (run.seed !== 'friendly' || run.reference === 'itself') return [];
  const reference = run.reference ?? {};
  const seen = observationsOf(verdicts);
  const unreferenced = Object.keys(seen)
    .filter((name) => reference[name] === undefined)
    .map((name) => `${name}: NATS was not observed, so there is nothing to compare with`);
  const inOrder = verdicts.every(({ verdict }) => verdict?.valid === true);
  const unseen = Object.keys(reference)
    .filter((name) => inOrder && seen[name] === undefined)
    .map((name) => `${name}: was observed on NATS and not here`);
  return [...unreferenced, ...unseen];
}

function judgeUnlike(verdicts: Named, run: JudgedRun): Judgement | undefined {
  const { seed, reference } = run;
  if (seed !== 'friendly' || reference === 'itself') return undefined;
  const unlike = Object.entries(observationsOf(verdicts)).flatMap(([name, { word, unlike: direction }]) => {
    const expected = reference?.[name];
    return expected === undefined || expected === word
      ? []
      : [{ direction: direction ?? ('different' as const), reason: `${name}: '${word}' where NATS is '${expected}'` }];
  });
  if (!isNonEmpty(unlike)) return undefined;
  const [first] = unlike;
  const agreed = unlike.every(({ direction }) => direction === first.direction);
  return {
    outcome: 'allowed',
    direction: agreed ? first.direction : 'different',
    reason: unlike.map(({ reason }) => reason).join('; '),
  };
}

/** The observations of all verdicts of a row, as one table. */
export function observationsOf(verdicts: Named): Readonly<Record<string, Observation>> {
  return Object.fromEntries(verdicts.flatMap(({ verdict }) => Object.entries(verdict?.observations ?? {})));
}
