import { outcomes } from '#core';
import type { Cell, PatternDecision, Report } from '#core';
import { costNote, costTexts, decisionRows, systemsOf, whenItShows } from './deciding.ts';
import type { DecisionCell, DecisionRow } from './deciding.ts';
import { link } from './html-parts.ts';
import { tallyText } from './matrix.ts';
import type { Tally } from './matrix.ts';
import { escapeMarkup } from './visible.ts';

/** The page a team decides by: a row per pattern, a column per system. */
export function decidingHtml(report: Report): string {
  const systems = systemsOf(report);
  const heads = systems.map((system) => `<th scope="col">${escapeMarkup(systemName(system))}</th>`).join('');
  const rows = decisionRows(report).map(patternRow).join('');
  return `<section aria-labelledby="deciding-title"><h2 id="deciding-title">What survives the move</h2><table class="deciding"><thead><tr><th scope="col">pattern</th>${heads}</tr></thead><tbody>${rows}</tbody></table>${prices(report)}</section>`;
}

function systemName(system: string): string {
  return system === 'nats' ? 'NATS' : system;
}

function patternRow({ pattern, said, systems }: DecisionRow): string {
  const words = [said?.claim, said?.price]
    .map((text) => (text === undefined ? '' : `<q><bdi>${escapeMarkup(text)}</bdi></q>`))
    .join('');
  const level = said?.complexity === undefined ? '' : ` <span class="tag">${said.complexity} complexity</span>`;
  return `<tr><th scope="row"><span class="pattern">${escapeMarkup(pattern.replaceAll('-', ' '))}</span>${level}${words}</th>${systems.map((cell) => systemCell(cell, said?.per)).join('')}</tr>`;
}

function systemCell(
  { system, counts, worst, decision }: DecisionCell,
  per: PatternDecision['per'] = 'message',
): string {
  const gains = decision?.gains ?? [];
  const ceiling = decision?.ceiling;
  const parts = [
    `<span class="system">${escapeMarkup(systemName(system))}</span>${tallyBar(counts)}`,
    worst === undefined
      ? ''
      : `<a class="worst" href="#${escapeMarkup(encodeURIComponent(worst.id))}"><span class="id">${escapeMarkup(worst.row)}</span> ${whatBreaks(worst)}: <bdi>${escapeMarkup(worst.title)}</bdi></a>`,
    cost(decision, per),
    ceiling === undefined ? '' : `<span class="fact">ceiling ${link(ceiling.source, ceiling.text)}</span>`,
    gains.length === 0
      ? ''
      : `<span class="fact gain">more than NATS: <bdi>${escapeMarkup(gains.join('; '))}</bdi></span>`,
  ];
  return `<td>${parts.join('')}</td>`;
}

/** Rows by outcome as one thin bar, and in words. */
function tallyBar(counts: Tally): string {
  const total = outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
  if (total === 0) return '<span class="fact">not part of this run</span>';
  const parts = outcomes
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `<i class="${outcome}" style="flex-grow:${counts[outcome]}"></i>`);
  return `<span class="bar" aria-hidden="true">${parts.join('')}</span><span class="counts">${tallyText(counts)}</span>`;
}

function whatBreaks(worst: Cell): string {
  const kind = worst.evidence?.kind;
  return `${kind === undefined ? '' : `${escapeMarkup(kind)}, `}${whenItShows(worst)}`;
}

function cost(decision: DecisionCell['decision'], per: PatternDecision['per']): string {
  const parts = costTexts(decision, per).map((text) => `<span class="nowrap">${escapeMarkup(text)}</span>`);
  return parts.length === 0 ? '' : `<span class="fact">${parts.join(' · ')}</span>`;
}

function prices({ deciding }: Report): string {
  if (deciding === undefined) return '';
  const { readOn, source } = deciding.prices;
  return `<p class="muted">${escapeMarkup(costNote)} Prices as of ${escapeMarkup(readOn)}, ${link(source, source)}. Rows count once, with the worst that any target showed. Complexity and quotations are the document’s.</p>`;
}
