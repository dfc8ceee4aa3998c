import { cellKey, expectedOutcomes } from './baseline.ts';
import type { Baseline, Expectation, ExpectedOutcome } from './baseline.ts';
import { UsageError } from './errors.ts';
import type { Cell, Outcome } from './report.ts';

/** What a cell came to, as far as its baseline needs to know. */
export interface Result {
  readonly row: string;
  readonly profile: string;
  readonly outcome: Outcome;
  readonly reason?: string;
  /** A `not-run` that was decided in the plan: the target cannot do it, and nobody promised it would. */
  readonly planned?: boolean;
}

/** What results are held to. */
export type Expected =
  /** `--no-baseline`. */
  | { readonly kind: 'nothing' }
  /** A target or a mapping without a file. */
  | { readonly kind: 'same' }
  /** NATS itself; `ownServer`: a server of the user's, where rows may be unsupported. */
  | { readonly kind: 'nats'; readonly ownServer: boolean }
  /** `failedProbes`: by name, what this installation was found to lack. */
  | { readonly kind: 'file'; readonly baseline: Baseline; readonly failedProbes: ReadonlySet<string> };

export interface BaselineVerdict extends Pick<Cell, 'expected' | 'verdictOnBaseline'> {
  /** Baseline and outcome side by side, where they differ. */
  readonly message?: string;
}

/** Is the cell what was expected? Better fails as worse does: a baseline that is out of date promises nothing. */
export function compareWithBaseline(result: Result, expected: Expected): BaselineVerdict {
  if (result.outcome === 'not-run') return { verdictOnBaseline: 'not-run' };
  if (expected.kind === 'nothing') return { verdictOnBaseline: 'no-baseline' };
  const outcomes = outcomesExpected(result, expected);
  const key = cellKey(result);
  if (outcomes === undefined) {
    return {
      verdictOnBaseline: 'no-entry',
      message: `${key}: '${result.outcome}' and no entry in the baseline: '--update-baseline' writes one`,
    };
  }
  if (outcomes.some((outcome) => outcome === result.outcome))
    return { expected: outcomes, verdictOnBaseline: 'passed' };
  const wanted = outcomes.map((outcome) => `'${outcome}'`).join(' or ');
  return {
    expected: outcomes,
    verdictOnBaseline: 'failed',
    message: `${key}: expected ${wanted}, was '${result.outcome}'${compareGravity(result.outcome, outcomes)}`,
  };
}

/**
 * @throws UsageError where the baseline has an entry whose cell no scenario file defines, whatever the filter.
 */
export function rejectOrphans({ file, cells }: Baseline, defined: ReadonlySet<string>): void {
  for (const [key, { line }] of cells) {
    if (!defined.has(key)) throw new UsageError(`baseline ${file}:${line}: cell '${key}' is in no scenario file`);
  }
}

/**
 * The baseline with the entries of the cells that ran rewritten, and what changed, a line a cell. Never writes `unknown`
 * or `not-run`: such a cell keeps the entry it had. An entry that names several outcomes counts this one in.
 */
export function updateBaseline(
  cells: ReadonlyMap<string, Expectation>,
  results: readonly Result[],
): { readonly cells: ReadonlyMap<string, Expectation>; readonly changes: readonly string[] } {
  const updated = new Map(cells);
  const changes: string[] = [];
  for (const result of results) {
    const outcome = expectedOutcomes.find((candidate) => candidate === result.outcome);
    if (outcome === undefined) continue;
    const key = cellKey(result);
    const before = cells.get(key);
    updated.set(key, updateEntry(before, outcome, result.reason));
    if (before?.outcomes.includes(outcome) !== true) {
      changes.push(`${key}: ${before === undefined ? 'new' : before.outcomes.join(' or ')} → ${outcome}`);
    }
  }
  return { cells: updated, changes };
}

/**
 * The exit code of a conformance run: 1 where something is not as promised, else 2 where something is unknown, not run
 * without having been planned so, or nothing at all was compared, else 0. Without a baseline a gap is 1.
 */
export function exitCode(results: readonly (Result & Pick<Cell, 'verdictOnBaseline'>)[]): 0 | 1 | 2 {
  const decided = results.filter(({ outcome }) => outcome !== 'unknown' && outcome !== 'not-run');
  const broken = decided.some(
    ({ outcome, verdictOnBaseline }) =>
      verdictOnBaseline === 'failed' ||
      verdictOnBaseline === 'no-entry' ||
      (verdictOnBaseline === 'no-baseline' && outcome === 'gap'),
  );
  if (broken) return 1;
  const undecided = results.some(
    ({ outcome, planned }) => outcome === 'unknown' || (outcome === 'not-run' && planned !== true),
  );
  return undecided || decided.length === 0 ? 2 : 0;
}

function outcomesExpected(
  result: Result,
  expected: Exclude<Expected, { kind: 'nothing' }>,
): readonly ExpectedOutcome[] | undefined {
  if (expected.kind === 'same') return ['same'];
  if (expected.kind === 'nats') return expected.ownServer ? ['same', 'unsupported'] : ['same'];
  const entry = expected.baseline.cells.get(cellKey(result));
  const probe = entry?.unsupportedWithout;
  const lacks = probe !== undefined && expected.failedProbes.has(probe);
  return lacks ? [...new Set([...(entry?.outcomes ?? []), 'unsupported' as const])] : entry?.outcomes;
}

/** From best to worst; an unknown outcome is neither. */
function compareGravity(outcome: Outcome, expected: readonly ExpectedOutcome[]): string {
  const rank = expectedOutcomes.findIndex((candidate) => candidate === outcome);
  if (rank === -1) return '';
  const ranks = expected.map((candidate) => expectedOutcomes.indexOf(candidate));
  if (rank < Math.min(...ranks)) return ', which is better';
  return rank > Math.max(...ranks) ? ', which is worse' : '';
}

function updateEntry(
  before: Expectation | undefined,
  outcome: ExpectedOutcome,
  reason: string | undefined,
): Expectation {
  const probe = before?.unsupportedWithout === undefined ? {} : { unsupportedWithout: before.unsupportedWithout };
  const why = oneLine(
    before?.outcomes.includes(outcome) === true ? (before.reason ?? reason) : (reason ?? before?.reason),
  );
  if (before?.seen !== undefined) {
    const seen = { ...before.seen, [outcome]: (before.seen[outcome] ?? 0) + 1 };
    const [first, ...rest] = before.outcomes;
    const outcomes = [
      first,
      ...rest.filter((other) => other !== outcome),
      ...(first === outcome ? [] : [outcome]),
    ] as const;
    return { outcomes, seen, reason: why, ...probe };
  }
  return {
    outcomes: [outcome],
    ...(outcome === 'same' && before?.unsupportedWithout === undefined ? {} : { reason: why }),
    ...probe,
  };
}

/** A reason is one line of at most 200 characters, so that a file of many stays readable. */
function oneLine(reason: string | undefined): string {
  const line = (reason ?? '').replaceAll(/\s+/g, ' ').trim();
  if (line === '') return 'no reason was given';
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
