import { capabilities } from '#core';
import type { Cell, Evidence, Report, RunSummary, Verdict } from '#core';
import { figureHeads, figuresOf } from './figures.ts';
import { laneDiagram } from './lane-diagram.ts';
import { laneSvg } from './lane-svg.ts';
import { firedPermissions, natsTarget, tally, tallyText } from './matrix.ts';
import type { FiredPermission } from './matrix.ts';
import { badge, link, pageName } from './html-parts.ts';
import { builtBy, errorsIn, meaningOf } from './plain-words.ts';
import { pointsText, scheduleLines, scheduleSentence } from './schedules.ts';
import { escapeMarkup } from './visible.ts';

/** All that the report knows of one cell, as the inside of its dialog. `nats` is the same row's reference. */
export function cellHtml(cell: Cell, nats: Cell | undefined, report: Report): string {
  return [
    `<header><p class="place">${escapeMarkup(`${cell.target} · ${cell.profile} · ${cell.level}`)}</p>`,
    `<h2 id="detail-title"><span class="id">${escapeMarkup(cell.row)}</span> <bdi>${escapeMarkup(cell.title)}</bdi></h2>`,
    `<p class="outcome">${badge(cell.outcome, cell.direction)}${note(cell)}</p></header>`,
    story(cell, report),
    figuresTable(cell, nats),
    checksList(cell),
    schedulesList(cell),
    runsList(cell.runs),
    `<h3>Repeat just this cell</h3><pre class="command"><code>${escapeMarkup(cell.repeat)}</code></pre>`,
    cell.history === undefined ? '' : `<p>${link(cell.history, `History of the run: ${cell.history}`)}</p>`,
    `<p class="muted">Scenario <code>${escapeMarkup(cell.scenario)}</code>${place(cell)}.</p>`,
  ].join('');
}

/** The reason, where the evidence does not tell it below. */
function note({ reason, evidence, expected, verdictOnBaseline }: Cell): string {
  const why = reason === undefined || evidence !== undefined ? '' : ` <bdi>${escapeMarkup(reason)}</bdi>`;
  if (verdictOnBaseline === 'no-entry') return `${why} <strong class="alarm">The baseline has no entry.</strong>`;
  if (verdictOnBaseline !== 'failed') return why;
  return `${why} <strong class="alarm">The baseline expects ${escapeMarkup((expected ?? []).join(' or '))}.</strong>`;
}

function place({ definedAt }: Cell): string {
  return definedAt === undefined
    ? ''
    : `, defined at <code>${escapeMarkup(`${definedAt.file}:${definedAt.line}`)}</code>`;
}

function story(cell: Cell, report: Report): string {
  const { evidence, declared = [], requires, source } = cell;
  const built = builtBy(cell.row, cell.profile);
  const promises = requires.map((name) => `<li>${escapeMarkup(capabilities[name])}</li>`).join('');
  const permissions = firedPermissions(cell)
    .map((id) => permissionItem(id, report))
    .join('');
  const weaker = declared.map(
    ({ why, source: page }) => `<li><bdi>${escapeMarkup(why)}</bdi> ${link(page, pageName(page))}</li>`,
  );
  return [
    `<h3>What NATS promises</h3><ul>${promises}</ul><p class="muted">${link(source, pageName(source))}</p>`,
    built === undefined
      ? ''
      : `<h3>How ${escapeMarkup(cell.profile)} builds it on AWS</h3><p>${escapeMarkup(built)}</p>`,
    evidence === undefined ? '' : happened(evidence),
    permissions === ''
      ? ''
      : `<h3>What AWS is free to do, and did in this run</h3><p class="muted">One of these, or several together, let it happen; <code>parallax explore</code> finds the fewest that do.</p><ul>${permissions}</ul>`,
    weaker.length === 0 ? '' : `<h3>What the profile says of itself</h3><ul>${weaker.join('')}</ul>`,
  ].join('');
}

const namesNote =
  'A message is named by its session and number, from 0; a receiver by its session, its filter and a number of its own.';

function happened(evidence: Evidence): string {
  const { kind, message, checker, seed, steps } = evidence;
  const meaning = meaningOf(kind);
  const words = errorsIn([message, ...steps.map(({ text }) => text)]);
  const terms = words.map(([word, means]) => `<li><code>${word}</code> ${escapeMarkup(means)}</li>`).join('');
  return [
    `<h3>What happened</h3><p><strong>${escapeMarkup(kind)}</strong>${meaning === undefined ? '' : `, ${escapeMarkup(meaning)}`}:</p>`,
    `<p><bdi>${escapeMarkup(message)}</bdi> <span class="muted">(${escapeMarkup(checker)}, ${seedName(seed)})</span></p>`,
    `<div class="scroll" tabindex="0" role="group" aria-label="Lane diagram">${laneSvg(laneDiagram(evidence))}</div>`,
    /#\d|\/\d/.test(message) ? `<p class="muted">${namesNote}</p>` : '',
    terms === '' ? '' : `<ul class="muted">${terms}</ul>`,
  ].join('');
}

function permissionItem({ id, times }: FiredPermission, { permissions }: Report): string {
  const known = permissions[id];
  const sentence =
    known === undefined ? '' : ` ${escapeMarkup(known.sentence)} ${link(known.page, pageName(known.page))}`;
  const often = times === 1 ? '' : ` <span class="muted">×${times}</span>`;
  return `<li><code>${escapeMarkup(id)}</code>${often}${sentence}</li>`;
}

function figuresTable(cell: Cell, nats: Cell | undefined): string {
  const lines = cell.target === natsTarget ? [cell] : nats === undefined ? [cell] : [nats, cell];
  const heads = figureHeads.map(({ head, title }) => `<th scope="col" title="${escapeMarkup(title)}">${head}</th>`);
  const rows = lines.map((line) => {
    const figures = figuresOf(line)
      .map((figure) => `<td>${escapeMarkup(figure)}</td>`)
      .join('');
    return `<tr><th scope="row">${escapeMarkup(line.target)}</th>${figures}</tr>`;
  });
  return `<h3>Delivery, order, latency</h3><div class="scroll" tabindex="0" role="group" aria-label="Figures"><table class="figures"><thead><tr><th></th>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function checksList({ checks }: Cell): string {
  const items = Object.entries(checks).map(([name, verdict]) => {
    const facts = Object.entries(verdict.facts).map(([fact, value]) => `${fact} ${value}`);
    return `<li class="${checkClass(verdict)}"><code>${escapeMarkup(name)}</code> ${checkWord(verdict)} <span class="muted">${escapeMarkup(facts.join(', '))}</span></li>`;
  });
  return items.length === 0 ? '' : `<h3>Checks</h3><ul class="checks">${items.join('')}</ul>`;
}

function checkClass({ valid }: Verdict): string {
  return valid === true ? 'holds' : valid === false ? 'false' : 'unsure';
}

function checkWord(verdict: Verdict): string {
  if (verdict.valid === true) return 'holds';
  if (verdict.valid === 'unknown') return `could not tell: ${escapeMarkup(verdict.reason)}`;
  const { length } = verdict.anomalies;
  return `is false: ${length} ${length === 1 ? 'anomaly' : 'anomalies'}`;
}

function schedulesList(cell: Cell): string {
  const items = scheduleLines(cell).map((line) => {
    const points = pointsText(line.figures);
    const fired = points === '' ? '' : `<br><span class="muted">taken: ${escapeMarkup(points)}</span>`;
    return `<li>${escapeMarkup(scheduleSentence(line))}${fired}</li>`;
  });
  const capsules = (cell.explored?.capsules ?? []).map((file) => `<li>${link(file, `Capsule: ${file}`)}</li>`);
  if (items.length === 0) return '';
  return `<h3>Schedules</h3><ul>${items.join('')}${capsules.join('')}</ul>`;
}

function runsList(runs: readonly RunSummary[]): string {
  if (runs.length === 0) return '';
  const items = runs.map(({ seed, outcome, choices, reason, history }) => {
    const chosen = [...new Set(choices.map(({ point }) => point))].join(', ');
    const words = [outcome, chosen === '' ? '' : `with ${chosen}`, reason ?? ''].filter((word) => word !== '');
    const name = history === undefined ? seedName(seed) : link(history, seedName(seed));
    return `<li>${name}: ${escapeMarkup(words.join(', '))}</li>`;
  });
  const counts = tallyText(tally(runs));
  return `<h3>Runs</h3><details><summary>${runs.length} ${runs.length === 1 ? 'run' : 'runs'}: ${counts}</summary><ul>${items.join('')}</ul></details>`;
}

function seedName(seed: RunSummary['seed']): string {
  return seed === 'friendly' ? 'friendly run' : `seed ${seed}`;
}
