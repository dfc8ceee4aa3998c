import { outcomes } from '#core';
import type { Cell, PatternDecision, Report } from '#core';
import { classOf, costNote, costTexts, decisionRows, systemsOf, whenItShows } from './deciding.ts';
import type { DecisionCell, DecisionRow } from './deciding.ts';
import { latencyText } from './figures.ts';
import { latencyNote } from './latency.ts';
import { messageOf } from './junit.ts';
import { formatMs, laneDiagram } from './lane-diagram.ts';
import { laneText } from './lane-text.ts';
import { differences, matrixOf, surprises, tally, tallyText } from './matrix.ts';
import { scheduleLines } from './schedules.ts';
import { shorten, visible } from './visible.ts';

const listedMax = 20;
const diagramWidth = 100;

/** `summary.md`: what a step summary or a pull request shows. */
export function renderMarkdown(report: Report): string {
  const parts = [
    `# Parallax\n\n${report.startedAt} · ${formatMs(report.durationMs)} · seed ${report.seed}`,
    decidingTable(report),
    countsTable(report),
    surpriseList(report),
    differenceList(report),
    latencyTable(report),
    schedulesTable(report),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Text on one line that says in Markdown, HTML and GitHub's own extensions what it says; not for a line's start. */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[&<>@]|:(?=\S)/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[\\`*_[\]|~$]/g, '\\$&');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (fields: readonly string[]): string => `| ${fields.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function decidingTable(report: Report): string {
  const systems = systemsOf(report);
  const rows = [...Map.groupBy(decisionRows(report), classOf)].flatMap(([name, patterns]) => [
    ...(name === '' ? [] : [[`*${escapeMarkdown(name)}*`, ...systems.map(() => '')]]),
    ...patterns.map(({ pattern, said, systems: cells }) => [
      [`**${escapeMarkdown(pattern.replaceAll('-', ' '))}**`, ...quotes(said)].join('<br>'),
      ...cells.map((cell) => decisionField(cell, said?.per)),
    ]),
  ]);
  const prices = report.deciding?.prices;
  const note =
    prices === undefined
      ? ''
      : `\n\n${escapeMarkdown(costNote)} Prices as of ${escapeMarkdown(prices.readOn)}, ${escapeMarkdown(prices.source)}.`;
  return `## What survives the move\n\n${table(['pattern', ...systems.map(escapeMarkdown)], rows)}${note}`;
}

function quotes(said: DecisionRow['said']): readonly string[] {
  return [said?.claim, said?.price].flatMap((text) => (text === undefined ? [] : [`“${escapeMarkdown(text)}”`]));
}

function decisionField({ counts, worst, decision }: DecisionCell, per: PatternDecision['per'] = 'message'): string {
  const gains = decision?.gains ?? [];
  const lines = [
    tallyText(counts) || 'not part of this run',
    worst === undefined ? '' : `✕ ${escapeMarkdown(`${worst.row} ${worst.title} (${whenItShows(worst)})`)}`,
    ...costTexts(decision, per).map(escapeMarkdown),
    decision?.ceiling === undefined ? '' : `ceiling ${escapeMarkdown(decision.ceiling.text)}`,
    gains.length === 0 ? '' : `more than NATS: ${escapeMarkdown(gains.join('; '))}`,
  ];
  return lines.filter((line) => line !== '').join('<br>');
}

function countsTable(report: Report): string {
  const { columns, rows } = matrixOf(report);
  const lines = columns.map(({ target, profile }, index) => {
    const counts = tally(rows.flatMap(({ cells }) => cells[index] ?? []));
    return [escapeMarkdown(target), escapeMarkdown(profile), ...outcomes.map((outcome) => String(counts[outcome]))];
  });
  return `## Outcomes\n\n${table(['target', 'profile', ...outcomes], lines)}`;
}

function surpriseList(report: Report): string {
  const cells = surprises(report);
  if (cells.length === 0) return 'Every outcome is the one its baseline expects.';
  const rest = cells.length > listedMax ? `\n\n… and ${cells.length - listedMax} more.` : '';
  return `## Not as the baseline expects\n\n${cells.slice(0, listedMax).map(surprise).join('\n\n')}${rest}`;
}

function surprise(cell: Cell): string {
  const head = `**${escapeMarkdown(`${cell.row} ${cell.target} ${cell.profile}`)}** ${escapeMarkdown(cell.title)}: ${escapeMarkdown(messageOf(cell))}`;
  const diagram =
    cell.evidence === undefined ? '' : `\n\n${block(laneText(laneDiagram(cell.evidence), { width: diagramWidth }))}`;
  return `${head}${diagram}\n\n${block(visible(cell.repeat))}`;
}

/** As indented code, which no fence inside the text can end. */
function block(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

function differenceList(report: Report): string {
  const found = differences(matrixOf(report));
  if (found.length === 0) return '';
  const rows = found
    .slice(0, listedMax)
    .map(({ row, profile, cells }) => [
      escapeMarkdown(row.id),
      escapeMarkdown(shorten(row.title, 80)),
      escapeMarkdown(profile),
      cells.map(({ target, outcome }) => `${escapeMarkdown(target)} ${outcome}`).join(', '),
    ]);
  const rest = found.length > listedMax ? `\n\n… and ${found.length - listedMax} more.` : '';
  return `## Where AWS targets differ\n\n${table(['row', 'behaviour', 'profile', 'outcomes'], rows)}${rest}`;
}

/** Folded: a line a cell and body of schedules. */
function schedulesTable({ cells }: Report): string {
  const rows = cells.flatMap((cell) =>
    scheduleLines(cell).map(({ where, figures, found }) => [
      escapeMarkdown(`${cell.row} ${cell.target} ${cell.profile}`),
      cell.outcome,
      where,
      String(figures.schedules),
      figures.distinctHistories === undefined ? '–' : String(figures.distinctHistories),
      String(found),
      String(Object.keys(figures.points).length),
      escapeMarkdown(where === 'in this run' ? '' : (cell.explored?.capsules ?? []).join(', ')),
    ]),
  );
  if (rows.length === 0) return '';
  const head = ['cell', 'outcome', 'schedules', 'played', 'distinct histories', 'gaps', 'points fired', 'capsules'];
  return `## Schedules\n\n<details><summary>what each cell rests on, with every liberty AWS takes</summary>\n\n${table(head, rows)}\n\n</details>`;
}

function latencyTable({ latency }: Report): string {
  if (latency.length === 0) return '';
  const ms = (value: number | undefined): string => (value === undefined ? '–' : formatMs(value));
  const rows = latency.map(({ pattern, system, emulated, summary, floor }) => [
    escapeMarkdown(pattern),
    `${escapeMarkdown(system)}${emulated ? ' (emulated)' : ''}`,
    latencyText(summary),
    ms(summary.p90Ms),
    ms(summary.p99Ms),
    ms(floor?.p50Ms),
    String(summary.samples),
  ]);
  const head = ['pattern', 'system', 'median', '90 %', '99 %', 'floor', 'samples'];
  return `## Latency over real sockets\n\n${latencyNote}\n\n${table(head, rows)}`;
}
