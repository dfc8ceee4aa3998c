import { outcomes } from '#core';
import type { Cell, Outcome, Report } from '#core';

/** A column of the matrix: one profile on one target. */
export interface Column {
  readonly target: string;
  readonly profile: string;
}

export interface MatrixRow {
  readonly id: string;
  /** Folder of the scenario below `suites/`. */
  readonly feature: string;
  readonly level: Cell['level'];
  readonly title: string;
  readonly source: string;
  /** By column, in the matrix's order; `undefined` where the report has no such cell. */
  readonly cells: readonly (Cell | undefined)[];
}

export interface Matrix {
  readonly columns: readonly Column[];
  readonly rows: readonly MatrixRow[];
}

export const natsTarget = 'nats';

/** The report's cells as rows × columns: NATS first, then the targets in the order of their first cell. */
export function matrixOf({ cells }: Report): Matrix {
  const columns = columnsOf(cells);
  const byRow = new Map<string, Cell[]>();
  for (const cell of cells) {
    const list = byRow.get(cell.row);
    if (list === undefined) byRow.set(cell.row, [cell]);
    else list.push(cell);
  }
  const rows = [...byRow.values()].flatMap((list) => {
    const [first] = list;
    if (first === undefined) return [];
    const { row: id, level, title, source } = first;
    const ordered = columns.map(({ target, profile }) =>
      list.find((cell) => cell.target === target && cell.profile === profile),
    );
    return [{ id, feature: featureOf(first), level, title, source, cells: ordered }];
  });
  return { columns, rows };
}

function columnsOf(cells: readonly Cell[]): readonly Column[] {
  const columns = new Map<string, Column>();
  for (const { target, profile } of cells) columns.set(`${target}\n${profile}`, { target, profile });
  const targets = [...new Set([...columns.values()].map(({ target }) => target))];
  const rank = (target: string): number => (target === natsTarget ? -1 : targets.indexOf(target));
  return [...columns.values()].sort(
    (a, b) => rank(a.target) - rank(b.target) || profileRank(a.profile) - profileRank(b.profile),
  );
}

const knownProfiles = ['design', 'mended', 'exact'];

/** From the document's own code to the most faithful mapping; others come after these. */
export function profileRank(profile: string): number {
  const rank = knownProfiles.indexOf(profile);
  return rank === -1 ? knownProfiles.length : rank;
}

/** `queue-group` of `queue-group/exclusive-delivery`. */
export function featureOf({ scenario }: Cell): string {
  return scenario.split('/')[0] ?? scenario;
}

export type Tally = Readonly<Record<Outcome, number>>;

export function tally(judged: readonly { readonly outcome: Outcome }[]): Tally {
  const count = (wanted: Outcome): number => judged.filter(({ outcome }) => outcome === wanted).length;
  return {
    same: count('same'),
    allowed: count('allowed'),
    gap: count('gap'),
    unsupported: count('unsupported'),
    unknown: count('unknown'),
    'not-run': count('not-run'),
  };
}

/** `12 same, 3 gap`: what there is none of is left out. */
export function tallyText(counts: Tally): string {
  return outcomes.flatMap((outcome) => (counts[outcome] === 0 ? [] : [`${counts[outcome]} ${outcome}`])).join(', ');
}

/** Cells whose outcome is not what the baseline expects, or of which it says nothing. */
export function surprises({ cells }: Report): readonly Cell[] {
  return cells.filter(({ verdictOnBaseline }) => verdictOnBaseline === 'failed' || verdictOnBaseline === 'no-entry');
}

/** One row in one profile that came out differently on two AWS targets: a finding about one of them. */
export interface Difference {
  readonly row: MatrixRow;
  readonly profile: string;
  readonly cells: readonly Cell[];
}

/** What could not be compared differs from nothing. */
export function differences({ rows }: Matrix): readonly Difference[] {
  return rows.flatMap((row) => {
    const compared = row.cells.flatMap((cell) => (cell !== undefined && isComparable(cell) ? [cell] : []));
    return [...Map.groupBy(compared, ({ profile }) => profile)].flatMap(([profile, cells]) =>
      new Set(cells.map(({ outcome }) => outcome)).size > 1 ? [{ row, profile, cells }] : [],
    );
  });
}

function isComparable({ target, outcome }: Cell): boolean {
  return target !== natsTarget && (outcome === 'same' || outcome === 'allowed' || outcome === 'gap');
}

/** A permission and how often it was used. */
export interface FiredPermission {
  readonly id: string;
  readonly times: number;
}

/** The permissions of the run that decided: what AWS chose that was not the friendly choice, the most frequent first. */
export function firedPermissions({ runs, evidence }: Cell): readonly FiredPermission[] {
  const decided = evidence === undefined ? undefined : runs.find(({ seed }) => seed === evidence.seed);
  return [...Map.groupBy(decided?.choices ?? [], ({ point }) => point)]
    .map(([id, { length }]) => ({ id, times: length }))
    .sort((a, b) => b.times - a.times);
}
