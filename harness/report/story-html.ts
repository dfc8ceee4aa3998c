import { brandHtml, htmlPage } from './html-page.ts';
import { badge, link, pageName } from './html-parts.ts';
import { laneDiagram } from './lane-diagram.ts';
import { laneSvg } from './lane-svg.ts';
import type { Story } from './story.ts';
import { escapeMarkup } from './visible.ts';

/** A capsule's story as one page that loads nothing. */
export function renderStoryHtml(story: Story): string {
  const { row, title, profile, scenario, target, isThere, evidence, note, repeat } = story;
  const outcome = isThere
    ? `${badge('gap')} <strong>${escapeMarkup(evidence.kind)}</strong>: <bdi>${escapeMarkup(evidence.message)}</bdi> <span class="muted">(${escapeMarkup(evidence.checker)})</span>`
    : `${badge('same')} the gap is gone`;
  return htmlPage({
    title: `${row} ${profile}`,
    body: [
      `<header class="page">${brandHtml}<h1><span class="id">${escapeMarkup(row)}</span> <bdi>${escapeMarkup(title)}</bdi></h1>`,
      `<p class="muted">${escapeMarkup(`${profile} on ${target} · ${scenario}`)}</p><p class="outcome">${outcome}</p></header><main>`,
      `<h2>What happened</h2><div class="scroll" tabindex="0" role="group" aria-label="Lane diagram">${laneSvg(laneDiagram(evidence))}</div>`,
      choicesHtml(story),
      `<h2>What NATS promises</h2><p>${link(story.source, pageName(story.source))}</p>`,
      playedHtml(story),
      `<h2>Repeat it</h2><pre class="command"><code>${escapeMarkup(repeat)}</code></pre><p class="muted">${escapeMarkup(note)}</p></main>`,
    ],
  });
}

function choicesHtml({ choices }: Story): string {
  if (choices.length === 0) return '<h2>What AWS did</h2><p>Nothing that is not friendly: it breaks on a good day.</p>';
  const items = choices.map(({ point, key, option, permission }) => {
    const said =
      permission === undefined
        ? ''
        : `: “${escapeMarkup(permission.sentence)}” ${link(permission.page, pageName(permission.page))}`;
    return `<li><code>${escapeMarkup(point)}</code>${said}<br><span class="muted">at <code>${escapeMarkup(key)}</code>, option ${option}</span></li>`;
  });
  return `<h2>What AWS did, and says it may</h2><ul>${items.join('')}</ul>`;
}

function playedHtml({ parameters, without }: Story): string {
  const left = without.length === 0 ? 'no call left out' : `without the calls ${without.join(', ')}`;
  return `<h2>What was played</h2><p><code>${escapeMarkup(JSON.stringify(parameters))}</code>, <span>${escapeMarkup(left)}</span></p>`;
}
