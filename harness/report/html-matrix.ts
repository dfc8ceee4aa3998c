import { outcomes } from '#core';
import type { Cell, Report } from '#core';
import { figureHeads, figuresOf } from './figures.ts';
import { glyphs } from './html-parts.ts';
import { natsTarget } from './matrix.ts';
import type { Column, Matrix, MatrixRow } from './matrix.ts';
import { escapeMarkup } from './visible.ts';

/** Rows × targets × profiles. Arrow keys move over it; Enter opens a cell. */
export function matrixHtml({ columns, rows }: Matrix): string {
  const groups = [...Map.groupBy(columns, ({ target }) => target)];
  const targets = groups.map(
    ([target, own]) => `<th scope="colgroup" colspan="${own.length}" class="edge">${escapeMarkup(target)}</th>`,
  );
  const profiles = columns.map(
    (column, index) =>
      `<th scope="col"${edge(columns, index)}><span>${column.target === natsTarget ? '' : escapeMarkup(column.profile)}</span></th>`,
  );
  const bodies = [...Map.groupBy(rows, ({ feature }) => feature)].map(([feature, own]) => {
    const head = `<tr class="feature"><th scope="rowgroup" colspan="${columns.length + 1}">${escapeMarkup(feature.replaceAll('-', ' '))}</th></tr>`;
    return `<tbody>${head}${own.map((row) => matrixRow(row, columns)).join('')}</tbody>`;
  });
  return `<div class="scroll"><table class="matrix" id="matrix"><thead><tr><td></td>${targets.join('')}</tr><tr><td></td>${profiles.join('')}</tr></thead>${bodies.join('')}</table></div>`;
}

/** The controls that narrow matrix and figures. */
export function filtersHtml({ rows }: Matrix): string {
  const features = [...new Set(rows.map(({ feature }) => feature))];
  const levels = [...new Set(rows.map(({ level }) => level))];
  return `<form class="filters" id="filters">${select('feature', features)}${select('level', levels)}${select('outcome', outcomes)}<label>search <input type="search" name="text" placeholder="id or words"></label><output id="shown" aria-live="polite">${rows.length} rows</output></form>`;
}

function select(name: string, options: readonly string[]): string {
  const items = options.map((option) => `<option>${escapeMarkup(option)}</option>`).join('');
  return `<label>${name} <select name="${name}"><option value="">any</option>${items}</select></label>`;
}

function rowAttributes({ id, feature, level, cells }: MatrixRow): string {
  const seen = [...new Set(cells.flatMap((cell) => (cell === undefined ? [] : [cell.outcome])))].join(' ');
  return `data-row="${escapeMarkup(id)}" data-feature="${escapeMarkup(feature)}" data-level="${level}" data-outcomes="${seen}"`;
}

function rowHead({ id, level, title }: MatrixRow): string {
  return `<th scope="row"><span class="id">${escapeMarkup(id)}</span><span class="level ${level}">${level}</span><bdi class="title">${escapeMarkup(title)}</bdi></th>`;
}

function matrixRow(row: MatrixRow, columns: readonly Column[]): string {
  const cells = row.cells.map((cell, index) => matrixCell(cell, columns, index)).join('');
  return `<tr ${rowAttributes(row)}>${rowHead(row)}${cells}</tr>`;
}

function matrixCell(cell: Cell | undefined, columns: readonly Column[], index: number): string {
  if (cell === undefined) return `<td${edge(columns, index)}></td>`;
  const { id, row, target, profile, outcome, direction, verdictOnBaseline } = cell;
  const isNats = target === natsTarget;
  const place = isNats ? 'NATS' : `${target} ${profile}`;
  const wrong = verdictOnBaseline === 'failed' || verdictOnBaseline === 'no-entry' ? ' surprise' : '';
  const way = direction === undefined ? '' : `, ${direction}`;
  const label = escapeMarkup(`${row} ${place}: ${outcome}${way}${wrong === '' ? '' : ', not as expected'}`);
  return `<td${edge(columns, index)} data-target="${isNats ? 'NATS' : escapeMarkup(target.replace(/^https?:\/\//, ''))}"><button type="button" class="cell ${outcome}${wrong}" data-cell="${escapeMarkup(id)}" data-profile="${isNats ? '' : escapeMarkup(profile)}" aria-label="${label}" title="${label}">${glyphs[outcome]}</button></td>`;
}

/** Columns begin a target with a line. */
function edge(columns: readonly Column[], index: number): string {
  return columns[index]?.target === columns[index - 1]?.target ? '' : ' class="edge"';
}

/** NATS beside one AWS column, a line per row; the client swaps the column. */
export function figuresHtml({ columns, rows }: Matrix, { latency }: Report): string {
  const nats = columns.findIndex(({ target }) => target === natsTarget);
  const others = columns.flatMap((column, index) => (index === nats ? [] : [{ ...column, index }]));
  const [first] = others;
  if (first === undefined) return '';
  const options = others.map(
    ({ target, profile, index }) => `<option value="${index}">${escapeMarkup(`${target} · ${profile}`)}</option>`,
  );
  const heads = figureHeads
    .map(({ head, title }) => `<th scope="col" colspan="2" title="${escapeMarkup(title)}">${head}</th>`)
    .join('');
  const systems = figureHeads.map(() => '<th scope="col">NATS</th><th scope="col">AWS</th>').join('');
  const lines = rows.map((row) => figuresRow(row, nats, first.index)).join('');
  const measured = latency.length === 0 ? '' : ' Latency over real sockets is below.';
  return `<section aria-labelledby="figures-title"><h2 id="figures-title">Delivery, order, latency: NATS beside AWS</h2><p class="muted"><label>AWS is <select id="column">${options.join('')}</select></label></p><p class="muted">One line a row, from the friendly run. Latency here is on the run’s own clock: of an emulator it is <em>emulated</em>.${measured}</p><div class="scroll" tabindex="0" role="group" aria-label="Figures by row"><table class="figures" id="figures"><thead><tr><th rowspan="2" scope="col">row</th>${heads}</tr><tr class="systems">${systems}</tr></thead><tbody>${lines}</tbody></table></div></section>`;
}

function figuresRow(row: MatrixRow, nats: number, aws: number): string {
  const [left, right] = [nats, aws].map((index) => lineOf(row.cells[index]));
  const pairs = figureHeads.map(
    (_, index) => `<td class="nats">${left?.[index] ?? '–'}</td><td class="aws">${right?.[index] ?? '–'}</td>`,
  );
  return `<tr ${rowAttributes(row)}><th scope="row" title="${escapeMarkup(row.title)}"><span class="id">${escapeMarkup(row.id)}</span></th>${pairs.join('')}</tr>`;
}

/** Figures of a cell; none where the report has no such cell. */
export function lineOf(cell: Cell | undefined): readonly string[] {
  return cell === undefined ? [] : figuresOf(cell).map(escapeMarkup);
}
