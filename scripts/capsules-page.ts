import type { Capsule } from '../harness/explore/capsule.ts';
import { operationsOf } from '../harness/explore/shrink.ts';
import { escapeMarkdown } from '../harness/report/markdown.ts';

/** What became of a capsule on a server of AWS. */
export interface Outside {
  readonly name: string;
  readonly capsule: Capsule;
  readonly state: 'there' | 'gone' | 'unfit';
  readonly reason?: string;
}

/** `docs/capsules.md`: the format, and every capsule with its size and what became of it on a server. */
export function capsulesPage(results: readonly Outside[], server: string): string {
  const there = results.filter(({ state }) => state === 'there').length;
  const unfit = results.filter(({ state }) => state === 'unfit').length;
  const sizes = results.map(({ capsule }) => operationsOf(capsule));
  const rows = results.map(({ name, capsule, state, reason }) => [
    `[${capsule.row}](../fixtures/capsules/${name})`,
    `${escapeMarkdown(capsule.anomaly.kind)}: ${escapeMarkdown(capsule.anomaly.message)}`,
    `${capsule.shrunk.operations} → ${operationsOf(capsule)}`,
    `${capsule.shrunk.choices} → ${capsule.choices.length}`,
    [...new Set(capsule.choices.map(({ point }) => `\`${point}\``))].join(' '),
    String(capsule.shrunk.tried),
    `${state === 'unfit' ? '–' : state}${reason === undefined ? '' : `: ${escapeMarkdown(reason)}`}`,
  ]);
  const head = ['row', 'what is seen', 'calls', 'choices', 'what AWS did', 'schedules tried', server];
  const line = (fields: readonly string[]): string => `| ${fields.join(' | ')} |`;
  return `# Capsules

Written by \`npm run capsules:outside -- --write\`. A capsule is a gap that replays: a JSON file of version 2, described by
[capsule.schema.json](../harness/explore/capsule.schema.json) (in the package:
\`parallax-conformance/capsule.schema.json\`). It names a scenario, its parameters, the calls of the act that are left out,
and each choice by which AWS was not friendly; nothing else is left to chance, so that it is the same story on every
machine. \`npx parallax repro FILE\` tells it, and ends with 1 while the gap is there, 0 when it is gone, and 2 when the
capsule no longer fits the code, with what changed.

Shrinking leaves out choices and calls, makes numbers and lists of the parameters smaller and choices fall earlier, as
long as the same checker says the same kind of anomaly of the same row, shown by the same kind of events (a put that was
refused is not a read that was). Times stay as the scenario has them: a request with a millisecond to its deadline tells
nothing. It ends when no single step is left, so every
story below is minimal in that sense: ${Math.min(...sizes)} to ${Math.max(...sizes)} calls. Schedules tried are those played on the way.

\`npm run capsules\` looks again for those that no longer come out byte for byte, after a change of the code.

On ${server} a choice is made around the AWS client: an answer lost, late, refused or altered, a message held back or
handed over again. ${results.length - unfit} of ${results.length} capsules could be told that way, and ${there} show their gap there. What is gone there
hangs on milliseconds of the virtual clock, which a server in real time does not keep.

${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}
`;
}
