import { strategies } from '../harness/explore/strategies.ts';
import type { Needs } from './schedules-needed.ts';

/** docs/strategies.md: schedules needed for each known gap, by strategy. */
export function strategiesPage(needs: readonly Needs[]): string {
  const names = [...new Set(needs.map(({ strategy }) => strategy))];
  const gaps = [...Map.groupBy(needs, ({ kind, scenario, gap }) => `${kind} ${scenario} ${gap}`).values()];
  const [atOnce, rest] = [gaps.filter(isAtOnce), gaps.filter((gap) => !isAtOnce(gap))];
  const limit = Math.max(...needs.map(({ schedulesMax }) => schedulesMax)).toLocaleString('en');
  return `# Strategies

Written by \`npm run strategies\`, looked for in at most ${limit} schedules. How many schedules a strategy needs until it shows a gap that is known
to be there: the median over the seeds, or how far it was looked for
in vain; where the first seed showed nothing so far, the others were not asked. *portfolio* takes the others in turns and is what \`parallax explore\`
does without \`--strategy\`. Bold is the least of a row.

${Object.entries(strategies)
  .map(([name, what]) => `- \`${name}\`: ${what}`)
  .join('\n')}

What processes that are paused or killed would show on NATS too (a deadline that passes, a message that comes while nobody
is there) is no finding: such gaps *process* and *visibility-boundary* show only in schedules without.

${gaps.length} gaps, ${atOnce.length} of which every strategy shows in one of its first two schedules. Found by some strategy: ${gaps.filter(isFound).length}.
Median over the other ${rest.length}: ${names.map((name) => `${name} ${overall(rest, name)}`).join(', ')}.

| gap | profile | act | ${names.join(' | ')} |
| --- | --- | --- | ${names.map(() => '---:').join(' | ')} |
${rest.map((gap) => line(gap, names)).join('\n')}

In the first or second schedule of every strategy: ${atOnce.map(([first]) => `${first?.gap} (${first?.kind})`).join(', ')}.
`;
}

function isAtOnce(gap: readonly Needs[]): boolean {
  return gap.every(({ median }) => median !== null && median <= 2);
}

function isFound(gap: readonly Needs[]): boolean {
  return gap.some(({ median }) => median !== null);
}

function line(gap: readonly Needs[], names: readonly string[]): string {
  const [first] = gap;
  if (first === undefined) return '';
  const least = Math.min(...gap.map(({ median }) => median ?? Infinity));
  const cells = names.map((name) => {
    const found = gap.find(({ strategy }) => strategy === name);
    if (found === undefined) return '';
    const { median, schedulesMax } = found;
    if (median === null) return `not in ${schedulesMax.toLocaleString('en')}`;
    return median === least ? `**${median}**` : String(median);
  });
  return `| ${[first.gap, first.kind, `\`${first.scenario}\``, ...cells].join(' | ')} |`;
}

/** What was not found counts as more than any number. */
function overall(gaps: readonly (readonly Needs[])[], name: string): string {
  const values = gaps.map((gap) => gap.find(({ strategy }) => strategy === name)?.median ?? Infinity);
  const median = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity;
  return Number.isFinite(median) ? String(median) : 'not found';
}
