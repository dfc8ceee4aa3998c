import type { Cell, LatencyRow, LatencySummary, Report } from '#core';
import { latencyNote } from './latency.ts';
import { badge } from './html-parts.ts';
import { formatMs } from './lane-diagram.ts';
import { differences, surprises } from './matrix.ts';
import type { Difference, Matrix } from './matrix.ts';
import { escapeMarkup } from './visible.ts';

const shownMax = 12;

/** What somebody has to look at: outcomes that no baseline expects, and targets that disagree. */
export function attentionHtml(report: Report, matrix: Matrix): string {
  const wrong = surprises(report);
  const apart = differences(matrix);
  const parts = [
    wrong.length === 0
      ? '<p class="quiet">Every outcome is the one its baseline expects.</p>'
      : list(`${wrong.length} not as the baseline expects`, wrong.map(surpriseItem)),
    apart.length === 0
      ? ''
      : list(`${apart.length} where two AWS targets differ: a finding about one of them`, apart.map(differenceItem)),
  ];
  return `<section aria-labelledby="attention-title"><h2 id="attention-title">To look at first</h2>${parts.join('')}</section>`;
}

function list(title: string, items: readonly string[]): string {
  const rest = items.slice(shownMax);
  const more =
    rest.length === 0 ? '' : `<details><summary>${rest.length} more</summary><ul>${rest.join('')}</ul></details>`;
  return `<h3>${title}</h3><ul class="attention">${items.slice(0, shownMax).join('')}</ul>${more}`;
}

function cellLink({ id, row }: Cell, text: string): string {
  return `<a href="#${escapeMarkup(encodeURIComponent(id))}" title="${escapeMarkup(row)}">${text}</a>`;
}

function surpriseItem(cell: Cell): string {
  const expected = cell.expected === undefined ? 'no entry' : cell.expected.join(' or ');
  const why = cell.evidence?.message ?? cell.reason;
  const place = escapeMarkup(`${cell.target} · ${cell.profile}`);
  return `<li>${cellLink(cell, `<span class="id">${escapeMarkup(cell.row)}</span> ${place}`)} expected ${escapeMarkup(expected)}, is ${badge(cell.outcome, cell.direction)}${why === undefined ? '' : ` <span class="muted"><bdi>${escapeMarkup(why)}</bdi></span>`}</li>`;
}

function differenceItem({ row, profile, cells }: Difference): string {
  const sides = cells.map((cell) => `${cellLink(cell, escapeMarkup(cell.target))} ${badge(cell.outcome)}`);
  return `<li><span class="id">${escapeMarkup(row.id)}</span> <bdi>${escapeMarkup(row.title)}</bdi> <span class="muted">${escapeMarkup(profile)}</span><span class="sides">${sides.join('')}</span></li>`;
}

/** Both systems over real sockets, beside the floor; bars on one logarithmic scale. */
export function latencyHtml({ latency }: Report): string {
  if (latency.length === 0) return '';
  const scale = scaleOf(latency.map(({ summary }) => summary));
  const rows = latency.map((row) => latencyLine(row, scale)).join('');
  return `<section aria-labelledby="latency-title"><h2 id="latency-title">Latency over real sockets</h2><p class="muted">${latencyNote} Bars run from the fastest to the slowest sample, the tick is the median, the dot the floor.</p><div class="scroll" tabindex="0" role="group" aria-label="Latency"><table class="latency"><thead><tr><th scope="col">pattern</th><th scope="col">system</th><th scope="col">median</th><th scope="col">90 %</th><th scope="col">99 %</th><th scope="col">floor</th><th scope="col">samples</th><th scope="col">${formatMs(scale.fromMs)} … ${formatMs(scale.toMs)}</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

interface Scale {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Whole decades; what is shorter than a microsecond is drawn as one. */
function scaleOf(summaries: readonly LatencySummary[]): Scale {
  const decade = (ms: number, round: (power: number) => number): number => 10 ** round(Math.log10(Math.max(0.001, ms)));
  return {
    fromMs: decade(Math.min(...summaries.map(({ minMs }) => minMs)), Math.floor),
    toMs: decade(Math.max(...summaries.map(({ maxMs }) => maxMs)), Math.ceil),
  };
}

function latencyLine({ pattern, system, emulated, summary, floor }: LatencyRow, scale: Scale): string {
  const figures = [summary.p50Ms, summary.p90Ms, summary.p99Ms, floor?.p50Ms].map(
    (ms) => `<td>${ms === undefined ? '–' : formatMs(ms)}</td>`,
  );
  const label = emulated ? ' <span class="tag">emulated</span>' : '';
  return `<tr><th scope="row">${escapeMarkup(pattern)}</th><td>${escapeMarkup(system)}${label}</td>${figures.join('')}<td>${summary.samples.toLocaleString('en')}</td><td>${bar(summary, floor, scale)}</td></tr>`;
}

function bar(summary: LatencySummary, floor: LatencySummary | undefined, { fromMs, toMs }: Scale): string {
  const span = Math.log10(toMs / fromMs);
  const x = (ms: number): string =>
    span === 0 ? '0' : ((Math.log10(Math.max(fromMs, ms) / fromMs) / span) * 200).toFixed(1);
  const median = summary.p50Ms;
  const tick = median === undefined ? '' : `<line class="tick" x1="${x(median)}" x2="${x(median)}" y1="3" y2="15"/>`;
  const dot = floor?.p50Ms === undefined ? '' : `<circle class="floor" cx="${x(floor.p50Ms)}" cy="9" r="2.5"/>`;
  return `<svg class="range" viewBox="-3 0 206 18" width="206" height="18" aria-hidden="true"><line class="span" x1="${x(summary.minMs)}" x2="${x(summary.maxMs)}" y1="9" y2="9"/>${dot}${tick}</svg>`;
}
