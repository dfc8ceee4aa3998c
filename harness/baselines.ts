import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatBaseline, parseBaseline, updateBaseline } from '#core';
import type { Baseline, Cell } from '#core';

/** Where baselines stand, from the project's root. */
export const baselinesFolder = 'fixtures/baselines';

/** The baseline of a target: `undefined` where there is no file, and every cell is then expected to be `same`. */
export async function loadBaseline(root: string, target: string): Promise<Baseline | undefined> {
  const file = join(baselinesFolder, `${target}.json`);
  let text: string;
  try {
    text = await readFile(join(root, file), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  return parseBaseline(text, file);
}

/** Rewrites the entries of the cells that ran and returns what changed, a line a cell. */
export async function rewriteBaseline(
  root: string,
  target: string,
  cells: readonly Cell[],
): Promise<readonly string[]> {
  const before = await loadBaseline(root, target);
  const { cells: after, changes } = updateBaseline(before?.cells ?? new Map(), cells);
  await writeFile(join(root, baselinesFolder, `${target}.json`), formatBaseline({ cells: after }));
  return changes;
}
