import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'measured');

/** Keeps what a bench measured, for the page. */
export async function writeMeasured(name: string, figures: object): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(figures, undefined, 2)}\n`);
}
