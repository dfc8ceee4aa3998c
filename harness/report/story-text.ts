import { laneDiagram } from './lane-diagram.ts';
import { laneText } from './lane-text.ts';
import type { Story } from './story.ts';
import { visible } from './visible.ts';

/** A capsule's story for a terminal. */
export function renderStoryText(story: Story, { width }: { readonly width: number }): string {
  const { row, title, profile, scenario, target, isThere, evidence, choices, note, source } = story;
  const place = `${row} ${profile} on ${target} (${scenario})`;
  if (!isThere) return `${place}: the gap is gone\n${note}\n`;
  const lines = [
    `${place}: ${evidence.kind}`,
    `  ${title}`,
    `  ${evidence.message} (${evidence.checker})`,
    `  promised by ${source}`,
    '',
  ];
  const sentences = choices.flatMap(({ point, key, permission }) => [
    `${point} at ${key}`,
    ...(permission === undefined ? [] : [`  “${permission.sentence}”`, `  ${permission.page}`]),
  ]);
  return [
    ...lines.map(visible),
    laneText(laneDiagram(evidence), { width }),
    '',
    ...(choices.length === 0 ? ['AWS did nothing that is not friendly'] : ['what AWS did, and says it may:']),
    ...sentences.map((line) => `  ${visible(line)}`),
    note,
    '',
  ].join('\n');
}
