import type { Report } from '#core';
import { buildResult, messageOf } from './junit.ts';
import { visible } from './visible.ts';

/**
 * GitHub's workflow commands, one line per cell that is not green, at the scenario's line.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function renderAnnotations({ cells }: Report): string {
  const lines = cells.flatMap((cell) => {
    const result = buildResult(cell);
    if (result === 'passed' || result === 'skipped') return [];
    const { row, target, profile, title, definedAt, repeat } = cell;
    const properties = [
      ...(definedAt === undefined ? [] : [`file=${property(definedAt.file)}`, `line=${definedAt.line}`]),
      `title=${property(`${row} on ${target} (${profile}): ${title}`)}`,
    ];
    return [`::error ${properties.join(',')}::${data(`${messageOf(cell)}. Repeat: ${repeat}`)}\n`];
  });
  return lines.join('');
}

function data(text: string): string {
  return visible(text).replaceAll('%', '%25');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
