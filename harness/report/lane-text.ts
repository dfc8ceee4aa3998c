import { formatMs } from './lane-diagram.ts';
import type { LaneDiagram, LaneRow } from './lane-diagram.ts';
import { shorten, visible } from './visible.ts';

const laneCharacters = 6;

/** The diagram for a terminal or a code block: a column per lane, then time and text, no line longer than `width`. */
export function laneText({ lanes, rows, spans }: LaneDiagram, { width }: { readonly width: number }): string {
  const legend = lanes.map((lane, index) => shorten(`  ${letterOf(index)} = ${visible(lane)}`, width));
  const heads = lanes.map((_, index) => letterOf(index).padEnd(laneCharacters)).join('');
  const lines = rows.map((row, index) => {
    const columns = lanes.map((_, lane) => cell(row, lane, spans.some(inside(index, lane, rows))));
    return shorten(`  ${columns.join('')}${formatMs(row.timeMs).padStart(8)}  ${visible(row.text)}`, width);
  });
  return [...legend, `  ${heads}`.trimEnd(), ...lines].join('\n');
}

function inside(index: number, lane: number, rows: readonly LaneRow[]) {
  return ({ fromRow, toRow }: { readonly fromRow: number; readonly toRow: number }): boolean =>
    rows[fromRow]?.lane === lane && fromRow < index && index < toRow;
}

function cell(row: LaneRow, lane: number, busy: boolean): string {
  if (row.lane === undefined) return '─'.repeat(laneCharacters);
  return (row.lane === lane ? glyphs[row.mark] : busy ? '┃' : '│').padEnd(laneCharacters);
}

const glyphs = {
  call: '●──',
  done: '○',
  failed: '✕',
  receive: '◀──',
  settled: '─',
} as const satisfies Record<LaneRow['mark'], string>;

function letterOf(index: number): string {
  return index < 26 ? String.fromCodePoint(65 + index) : `L${index + 1}`;
}
