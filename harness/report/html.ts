import { deflateSync } from 'node:zlib';
import type { Cell, Report } from '#core';
import { attentionHtml, latencyHtml } from './html-attention.ts';
import { cellHtml } from './html-cell.ts';
import { decidingHtml } from './html-deciding.ts';
import { figuresHtml, filtersHtml, lineOf, matrixHtml } from './html-matrix.ts';
import { asset, brandHtml, htmlPage } from './html-page.ts';
import { glyphs } from './html-parts.ts';
import { decisionRows, systemsOf } from './deciding.ts';
import { formatMs } from './lane-diagram.ts';
import { matrixOf, natsTarget } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import { escapeMarkup } from './visible.ts';

/**
 * The whole report as one page that loads nothing: its policy forbids every request and every script but its own.
 * Details of the cells are kept deflated and become elements only when one is opened, so that a large report opens at
 * once.
 */
export function renderHtml(report: Report): string {
  const matrix = matrixOf(report);
  return htmlPage({
    title: 'Parallax report',
    script: asset('./html-client.js'),
    body: [
      header(report),
      '<main>',
      decidingHtml(report),
      attentionHtml(report, matrix),
      `<section aria-labelledby="matrix-title"><h2 id="matrix-title">Behaviour by behaviour</h2>${legend()}${filtersHtml(matrix)}${matrixHtml(matrix)}</section>`,
      figuresHtml(matrix, report),
      latencyHtml(report),
      '</main>',
      footer(report),
      '<dialog id="detail" aria-labelledby="detail-title"><form method="dialog"><button class="close" aria-label="Close">✕</button></form><div id="detail-body"></div></dialog>',
      '<noscript><p class="alarm">Filters and details need JavaScript; report.json and summary.md hold the same.</p></noscript>',
      `<script type="text/plain" id="data">${deflated(clientData(report, matrix))}</script>`,
    ],
  });
}

function header(report: Report): string {
  const when = escapeMarkup(report.startedAt.replace('T', ' ').replace(/(:\d\d)\.\d+Z$/, '$1 UTC'));
  return `<header class="page">${brandHtml}<h1>${headline(report)}</h1><p class="muted">${when} · ${formatMs(report.durationMs)} · seed ${report.seed}</p></header>`;
}

/** How many behaviours break in each profile, in a sentence. */
function headline(report: Report): string {
  const rows = new Set(report.cells.map(({ row }) => row)).size;
  const profiles = systemsOf(report).filter((system) => system !== natsTarget);
  const decisions = decisionRows(report).flatMap(({ systems }) => systems);
  const broken = profiles.map((profile) => {
    const gaps = decisions.filter(({ system }) => system === profile).reduce((sum, { counts }) => sum + counts.gap, 0);
    return `<span class="nowrap"><b>${gaps}</b> in <em>${escapeMarkup(profile)}</em></span>`;
  });
  if (broken.length === 0) return `${rows} behaviours of NATS`;
  return `Of ${rows} behaviours of NATS, what breaks on AWS: ${broken.join(', ')}`;
}

function legend(): string {
  const words = {
    same: 'as on NATS',
    allowed: 'differs, and an application notices rather than breaks',
    gap: 'a promise is broken',
    unsupported: 'no such call',
    unknown: 'could not tell',
    'not-run': 'not run',
  } as const satisfies Record<Cell['outcome'], string>;
  const items = Object.entries(words).map(
    ([outcome, meaning]) =>
      `<li><span class="cell ${outcome}" aria-hidden="true">${Object.entries(glyphs).find(([name]) => name === outcome)?.[1] ?? ''}</span> <b>${outcome}</b> ${meaning}</li>`,
  );
  return `<ul class="legend">${items.join('')}</ul>`;
}

function footer({ versions }: Report): string {
  const items = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `<footer class="muted"><p>${escapeMarkup(items.join(' · '))}</p><p>Beside this page: <a href="report.json">report.json</a>, <a href="summary.md">summary.md</a>, <a href="junit.xml">junit.xml</a>. Arrow keys move over the matrix, Enter opens a cell, Escape closes it.</p></footer>`;
}

/** Markup of every cell's details, and the figures by column and row, all escaped. */
function clientData(report: Report, { columns, rows }: Matrix): unknown {
  const details = rows.flatMap(({ cells }) => {
    const nats = cells.find((cell) => cell?.target === natsTarget);
    return cells.flatMap((cell) => (cell === undefined ? [] : [[cell.id, cellHtml(cell, nats, report)]]));
  });
  const figures = columns.map((_, column) => rows.map(({ cells }) => lineOf(cells[column])));
  return { details: Object.fromEntries(details), figures };
}

/** As base64, in which no HTML parser finds markup. */
function deflated(value: unknown): string {
  return deflateSync(JSON.stringify(value)).toString('base64');
}
