import type { Cell, Deciding, PatternDecision, Report, SystemDecision } from '#core';
import { featureOf, natsTarget, profileRank, tally } from './matrix.ts';
import type { Tally } from './matrix.ts';

/** One pattern of the page a team decides by: the slot's figures joined with what the cells say. */
export interface DecisionRow {
  readonly pattern: string;
  readonly complexity?: PatternDecision['complexity'];
  readonly claim?: string;
  readonly systems: readonly DecisionCell[];
}

export interface DecisionCell {
  readonly system: string;
  readonly counts: Tally;
  readonly worst?: Cell;
  readonly decision?: SystemDecision;
}

const classes = ['high', 'medium', 'low', undefined] as const;

/** NATS and every profile, in the order of the cells; patterns by the document's own class, the hardest first. */
export function decisionRows(report: Report): readonly DecisionRow[] {
  const { cells, deciding } = report;
  const systems = systemsOf(report);
  const rows = [...Map.groupBy(cells, featureOf)].map(([pattern, own]) => decisionRow(pattern, own, systems, deciding));
  return classes.flatMap((wanted) => rows.filter(({ complexity }) => complexity === wanted));
}

/** `nats` first where it ran, then the profiles. */
export function systemsOf({ cells }: Report): readonly string[] {
  const profiles = cells.flatMap(({ target, profile }) => (target === natsTarget ? [] : [profile]));
  const ordered = [...new Set(profiles)].sort((a, b) => profileRank(a) - profileRank(b));
  return [...(cells.some(({ target }) => target === natsTarget) ? [natsTarget] : []), ...ordered];
}

function decisionRow(
  pattern: string,
  cells: readonly Cell[],
  systems: readonly string[],
  deciding: Deciding | undefined,
): DecisionRow {
  const slot = deciding?.patterns.find((one) => one.pattern === pattern);
  return {
    pattern,
    ...(slot === undefined ? {} : { complexity: slot.complexity, claim: slot.claim }),
    systems: systems.map((system) => {
      const own = cells.filter((cell) => systemOf(cell) === system);
      const worst = worstGap(own);
      const decision = slot?.systems.find((one) => one.system === system);
      return {
        system,
        counts: worstByRow(own),
        ...(worst === undefined ? {} : { worst }),
        ...(decision === undefined ? {} : { decision }),
      };
    }),
  };
}

function systemOf({ target, profile }: Cell): string {
  return target === natsTarget ? natsTarget : profile;
}

const severity = ['not-run', 'unsupported', 'same', 'allowed', 'unknown', 'gap'] as const;

/** Each row once, with the worst of what the targets showed. */
function worstByRow(cells: readonly Cell[]): Tally {
  const worst = [...Map.groupBy(cells, ({ row }) => row).values()].map((own) =>
    own.reduce((a, b) => (severity.indexOf(b.outcome) > severity.indexOf(a.outcome) ? b : a)),
  );
  return tally(worst);
}

/** One that needs no bad day comes first: a gap of the friendly run. */
function worstGap(cells: readonly Cell[]): Cell | undefined {
  const gaps = cells.filter(({ outcome }) => outcome === 'gap');
  return gaps.find(({ evidence }) => evidence?.seed === 'friendly') ?? gaps[0];
}
