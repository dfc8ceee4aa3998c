import { formatMs } from './lane-diagram.ts';
import type { LaneDiagram, LaneJoin, LaneRow } from './lane-diagram.ts';
import { escapeMarkup, shorten } from './visible.ts';

const lanePx = 68;
const rowPx = 30;
const headPx = 34;
const timePx = 72;
const textCharactersMax = 86;
const characterPx = 6.7;

/** The diagram as an inline SVG; colours and fonts are the page's, by class. Every text is escaped. */
export function laneSvg(diagram: LaneDiagram): string {
  const { lanes, rows, arrows, spans } = diagram;
  const textX = timePx + lanes.length * lanePx + 4;
  const longest = Math.max(0, ...rows.map(({ text }) => Math.min(textCharactersMax, text.length)));
  const width = Math.ceil(textX + longest * characterPx + 8);
  const height = headPx + rows.length * rowPx + 6;
  const label = `Time runs down. ${lanes.length} sessions, ${rows.length} events.`;
  return [
    `<svg class="lanes" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">`,
    ...lanes.map((lane, index) => laneLine(lane, index, height)),
    ...spans.map((span) => spanBar(span, rows)),
    ...arrows.map((arrow) => arrowLine(arrow, rows)),
    ...rows.map((row, index) => rowMark(row, index, textX)),
    '</svg>',
  ].join('');
}

const xOf = (lane: number): number => timePx + lane * lanePx + lanePx / 2;
const yOf = (row: number): number => headPx + row * rowPx + rowPx / 2;

function laneLine(lane: string, index: number, height: number): string {
  const x = xOf(index);
  const name = escapeMarkup(shorten(lane, 11));
  return `<text class="lane" x="${x}" y="18">${name}<title>${escapeMarkup(lane)}</title></text><line class="rail" x1="${x}" y1="${headPx - 8}" x2="${x}" y2="${height}"/>`;
}

function spanBar({ fromRow, toRow }: LaneJoin, rows: readonly LaneRow[]): string {
  const lane = rows[fromRow]?.lane;
  if (lane === undefined) return '';
  return `<line class="span" x1="${xOf(lane)}" y1="${yOf(fromRow)}" x2="${xOf(lane)}" y2="${yOf(toRow)}"/>`;
}

function arrowLine({ fromRow, toRow }: LaneJoin, rows: readonly LaneRow[]): string {
  const [from, to] = [rows[fromRow]?.lane, rows[toRow]?.lane];
  if (from === undefined || to === undefined) return '';
  const [x1, y1, x2, y2] = [xOf(from), yOf(fromRow), xOf(to), yOf(toRow)];
  if (from === to)
    return `<path class="way" d="M${x1} ${y1} C${x1 - 26} ${y1} ${x1 - 26} ${y2} ${x2 - 7} ${y2}"/><path class="head" d="M${x2 - 5} ${y2} l-7 -4 v8 z"/>`;
  // leaves along its row and comes down its lane, so that two copies of one message stay apart
  return `<path class="way" d="M${x1} ${y1} C${x2} ${y1} ${x2} ${y1} ${x2} ${y2 - 12}"/><path class="head" d="M${x2} ${y2 - 5} l-4 -8 h8 z"/>`;
}

function rowMark({ lane, mark, timeMs, text, line }: LaneRow, index: number, textX: number): string {
  const y = yOf(index);
  const shown = escapeMarkup(shorten(text, textCharactersMax));
  const words = `<text class="time" x="${timePx - 14}" y="${y + 4}">${formatMs(timeMs)}</text><text class="event" x="${textX}" y="${y + 4}">${shown}<title>${escapeMarkup(text)} (line ${line})</title></text>`;
  if (lane === undefined)
    return `${words}<line class="rail wide" x1="${timePx}" y1="${y}" x2="${textX - 8}" y2="${y}"/>`;
  const x = xOf(lane);
  const shape =
    mark === 'failed'
      ? `<path class="mark failed" d="M${x - 4} ${y - 4} l8 8 m0 -8 l-8 8"/>`
      : `<circle class="mark ${mark}" cx="${x}" cy="${y}" r="4.5"/>`;
  return words + shape;
}
