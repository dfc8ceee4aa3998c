import { outcomes } from '#core';
import type { Cell, Outcome, Report } from '#core';
import { buildResult, messageOf } from './junit.ts';
import { formatMs, laneDiagram } from './lane-diagram.ts';
import { laneText } from './lane-text.ts';
import { differences, firedPermissions, matrixOf, tally } from './matrix.ts';
import { shorten, visible } from './visible.ts';

const listedMax = 10;

export interface ConsoleOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** What is told at the end of a run: counts by column, then what is not green with its evidence. */
export function renderConsole(report: Report, options: ConsoleOptions): string {
  const notGreen = report.cells.filter((cell) => !['passed', 'skipped'].includes(buildResult(cell)));
  const rest = notGreen.length - listedMax;
  const parts = [
    countsText(report, options),
    notRunText(report, options),
    ...notGreen.slice(0, listedMax).map((cell) => cellText(cell, report, options)),
    rest > 0 ? `… and ${rest} more in the report` : '',
    differenceText(report, options),
    `${report.cells.length} cells in ${formatMs(report.durationMs)}, seed ${report.seed}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const colors = {
  same: '32',
  allowed: '33',
  gap: '31',
  unsupported: '90',
  unknown: '35',
  'not-run': '90',
} as const satisfies Record<Outcome, string>;

function paint(text: string, outcome: Outcome, { color }: ConsoleOptions): string {
  return color ? `\u001b[${colors[outcome]}m${text}\u001b[39m` : text;
}

function countsText(report: Report, options: ConsoleOptions): string {
  const { columns, rows } = matrixOf(report);
  const names = columns.map(({ target, profile }) => shorten(visible(`${target} ${profile}`), 40));
  const nameWidth = Math.max(0, ...names.map((name) => name.length));
  const head = `${' '.repeat(nameWidth)}${outcomes.map((outcome) => outcome.padStart(outcome.length + 2)).join('')}`;
  const lines = names.map((name, index) => {
    const counts = tally(rows.flatMap(({ cells }) => cells[index] ?? []));
    const fields = outcomes.map((outcome) => {
      const field = String(counts[outcome] === 0 ? '·' : counts[outcome]).padStart(outcome.length + 2);
      return counts[outcome] === 0 ? field : paint(field, outcome, options);
    });
    return `${name.padEnd(nameWidth)}${fields.join('')}`;
  });
  return [head, ...lines].join('\n');
}

/** Why cells were not run, each reason once. */
function notRunText({ cells }: Report, options: ConsoleOptions): string {
  const left = cells.filter(({ outcome }) => outcome === 'not-run');
  return [...Map.groupBy(left, ({ reason = 'no reason was given' }) => reason)]
    .map(([reason, own]) => `${paint(`${own.length} not run`, 'not-run', options)}: ${visible(reason)}`)
    .join('\n');
}

/** One cell as it is told on a terminal: outcome, evidence as lanes, permissions with their pages, how to repeat it. */
export function cellText(cell: Cell, { permissions }: Report, options: ConsoleOptions): string {
  const place = visible(`${cell.row} ${cell.target} ${cell.profile}`);
  const fired = firedPermissions(cell).map(({ id, times }) => {
    const known = permissions[id];
    const name = times === 1 ? id : `${id} ×${times}`;
    return `  permitted by ${visible(known === undefined ? name : `${name}: ${known.sentence} ${known.page}`)}`;
  });
  return [
    `${paint(place, cell.outcome, options)} ${visible(cell.title)}`,
    `  ${visible(messageOf(cell))}`,
    ...(cell.evidence === undefined ? [] : [laneText(laneDiagram(cell.evidence), options)]),
    ...fired,
    `  source ${visible(cell.source)}`,
    `  repeat ${visible(cell.repeat)}`,
  ].join('\n');
}

function differenceText(report: Report, options: ConsoleOptions): string {
  const found = differences(matrixOf(report));
  if (found.length === 0) return '';
  const lines = found.slice(0, listedMax).map(({ row, profile, cells }) => {
    const sides = cells.map(({ target, outcome }) => `${visible(target)} ${paint(outcome, outcome, options)}`);
    return `  ${visible(row.id)} ${visible(profile)}: ${sides.join(', ')}`;
  });
  const rest = found.length > listedMax ? [`  … and ${found.length - listedMax} more`] : [];
  return ['AWS targets differ, a finding about one of them:', ...lines, ...rest].join('\n');
}
