import type { Cell, Deciding, PatternDecision, Report, SystemDecision } from '#core';
import { featureOf, natsTarget, profileRank, tally } from './matrix.ts';
import type { Tally } from './matrix.ts';

/** One pattern of the page a team decides by: the slot's figures joined with what the cells say. */
export interface DecisionRow {
  readonly pattern: string;
  /** Absent where the run has no figures of the pattern. */
  readonly said?: Omit<PatternDecision, 'pattern' | 'systems'>;
  readonly systems: readonly DecisionCell[];
}

export interface DecisionCell {
  readonly system: string;
  readonly counts: Tally;
  readonly worst?: Cell;
  readonly decision?: SystemDecision;
}

const classes: readonly PatternDecision['complexity'][] = ['high', 'medium', 'low', undefined];

/** NATS and every profile, in the order of the cells; patterns by the document's own class, the hardest first. */
export function decisionRows(report: Report): readonly DecisionRow[] {
  const { cells, deciding } = report;
  const systems = systemsOf(report);
  const rows = [...Map.groupBy(cells, featureOf)].map(([pattern, own]) => decisionRow(pattern, own, systems, deciding));
  return classes.flatMap((wanted) => rows.filter(({ said }) => said?.complexity === wanted));
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
    ...(slot === undefined ? {} : { said: slot }),
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

/** How much an anomaly takes from an application, by kind, the gravest first: what is gone or wrong without a word. */
const gravity = [
  ['lost', 'swallowed', 'unanswered', 'inactive', 'unmatched'],
  ['altered', 'not-linearizable', 'stale', 'crossed', 'hidden', 'foreign'],
  ['duplicated', 'redelivered', 'overrun', 'overdue', 'unexpected'],
  ['reordered', 'diverged'],
];

/** The gravest gap: of every day before that of a bad one, then by what is lost, then by the row's number. */
function worstGap(cells: readonly Cell[]): Cell | undefined {
  return cells.filter(({ outcome }) => outcome === 'gap').sort((a, b) => gravityOf(a) - gravityOf(b))[0];
}

function gravityOf({ evidence }: Cell): number {
  const rank = gravity.findIndex((kinds) => kinds.includes(evidence?.kind ?? ''));
  const kind = rank === -1 ? gravity.length : rank;
  return evidence?.seed === 'friendly' ? kind : kind + gravity.length + 1;
}

/** Of a gap: does it need a bad day? */
export function whenItShows({ evidence }: Cell): string {
  return evidence?.seed === 'friendly' ? 'always' : 'on a bad day';
}

/** The document's class of a pattern, as a heading; none where the run has no figures of it. */
export function classOf({ said }: DecisionRow): string {
  if (said === undefined) return '';
  return said.complexity === undefined
    ? 'no class in the document'
    : `${said.complexity} complexity, says the document`;
}

/** What the figures of cost are made from. */
export const costNote =
  'Requests are counted from the calls of the friendly runs of this report, idle polls included, set-up and acts about scale left out.';

/** Requests and dollars, each as text. */
export function costTexts(decision: SystemDecision | undefined, per: PatternDecision['per']): readonly string[] {
  const { requestsPerMessage: requests, dollarsPerMillion: dollars, copiesPerMessage: copies } = decision ?? {};
  const spread = copies === undefined || Math.round(copies) === 1 ? '' : `, ${rounded(copies)} copies`;
  return [
    ...(requests === undefined ? [] : [`${rounded(requests)} requests/${per}${spread}`]),
    ...(dollars === undefined ? [] : [`$${dollars.toFixed(2)}/million`]),
  ];
}

function rounded(value: number): number {
  return Number(value.toFixed(value < 10 ? 2 : 1));
}
