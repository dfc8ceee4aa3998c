import { escapeMarkup, shorten } from '../report/visible.ts';
import type { Plan } from './plan.ts';
import type { PlannedResource, ProfilePlan } from './profile-plan.ts';

const rowPx = 26;
const columnPx = 330;
const widthPx = 960;
const textCharactersMax = 42;

/** The plan as one page that loads nothing: what feeds which queue, and whom it serves, as a diagram a profile. */
export function planHtml(plan: Plan): string {
  const differences = plan.differences.map(
    ({ subject, nats, mended, design, why }) =>
      `<tr><td>${escapeMarkup(subject)}</td><td>${escapeMarkup(nats.join(', '))}</td><td>${escapeMarkup(mended.join(', '))}</td><td>${escapeMarkup(design.join(', '))}</td><td>${escapeMarkup(why)}</td></tr>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>Parallax plan</title><style>${style}</style></head><body><h1>What the system needs on AWS</h1>${plan.profiles.map(profileHtml).join('')}${differences.length === 0 ? '' : `<h2>Other receivers than on NATS, mended or in design</h2><div class="scroll"><table><thead><tr><th>subject</th><th>NATS</th><th>mended</th><th>design</th><th>why</th></tr></thead><tbody>${differences.join('')}</tbody></table></div>`}</body></html>\n`;
}

function profileHtml(profile: ProfilePlan): string {
  const quotas = profile.quotas.map(
    ({ quota, used, limit, source }) =>
      `<tr class="${used > limit ? 'over' : ''}"><td>${escapeMarkup(quota)}</td><td>${used.toLocaleString('en')}</td><td>${limit.toLocaleString('en')}</td><td>${escapeMarkup(source)}</td></tr>`,
  );
  const refused = profile.unmappable.map(
    ({ what, why }) => `<li><code>${escapeMarkup(what)}</code>: ${escapeMarkup(why)}</li>`,
  );
  return `<h2>${profile.profile}</h2><div class="scroll">${diagram(profile)}</div><div class="scroll"><table><thead><tr><th>quota</th><th>used</th><th>limit</th><th>source</th></tr></thead><tbody>${quotas.join('')}</tbody></table></div>${refused.length === 0 ? '' : `<h3>Cannot be mapped</h3><ul>${refused.join('')}</ul>`}`;
}

/** Three columns: what feeds a queue, the queue, whom it serves. */
function diagram({ profile, resources }: ProfilePlan): string {
  const queues = resources.filter(({ kind }) => kind === 'queue');
  const height = Math.max(1, queues.length) * rowPx + 40;
  const rows = queues.map((queue, index) => {
    const y = 40 + index * rowPx;
    const feed = feederOf(queue, resources);
    return `${text(10, y, feed)}${arrow(columnPx - 40, y)}${text(columnPx, y, queue.name)}${arrow(columnPx * 2 - 60, y)}${text(columnPx * 2, y, queue.serves.join(', '))}`;
  });
  return `<svg viewBox="0 0 ${widthPx} ${height}" width="${widthPx}" height="${height}" role="img" aria-label="${queues.length} queues of ${profile}"><text class="head" x="10" y="16">fed by</text><text class="head" x="${columnPx}" y="16">queue</text><text class="head" x="${columnPx * 2}" y="16">serves</text>${rows.join('')}</svg>`;
}

function feederOf(queue: PlannedResource, resources: readonly PlannedResource[]): string {
  if (queue.name.endsWith('-dead')) return `queue ${queue.name.slice(0, -'-dead'.length)}`;
  const at = resources.indexOf(queue);
  const neighbours = [resources[at + 1], resources[at - 1]];
  const feeder = neighbours.find(
    (one) => (one?.kind === 'subscription' || one?.kind === 'rule') && one.serves.join() === queue.serves.join(),
  );
  return feeder === undefined ? 'publishers' : `${feeder.kind} ${JSON.stringify(feeder.pattern ?? {})}`;
}

function text(x: number, y: number, words: string): string {
  const full = escapeMarkup(words);
  return `<text x="${x}" y="${y}">${escapeMarkup(shorten(words, textCharactersMax))}<title>${full}</title></text>`;
}

function arrow(x: number, y: number): string {
  return `<path d="M${x} ${y - 4} h26 m-5 -4 l5 4 l-5 4"/>`;
}

const style = `:root{color-scheme:light dark;--ink:#1d2329;--soft:#5b6670;--line:#d9dcd8;--page:#fbfbf9;--gap:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#e4e7e9;--soft:#a3adb5;--line:#343c44;--page:#14181c;--gap:#ff8f86}}
body{max-width:1040px;margin:0 auto;padding:28px 20px;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
h1{font-size:24px;font-weight:500}h2{margin-top:36px;font-size:18px}h3{font-size:14px}
.scroll{overflow-x:auto}table{border-collapse:collapse;margin:12px 0;font-size:13px}td,th{padding:3px 14px 3px 0;border-top:1px solid var(--line);text-align:left}
th,.head{color:var(--soft);fill:var(--soft);font-weight:400}.over{color:var(--gap);font-weight:600}
svg text{fill:var(--ink);font-size:12.5px}svg path{fill:none;stroke:var(--soft)}code{font-family:ui-monospace,monospace;font-size:.9em}`;
