import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seedTestsIn } from './seed-audit-page.ts';
import type { SeedTest } from './seed-audit-page.ts';

/** The tests of the project that are named after a bug of the document, in the order of their files. */
export async function loadSeedTests(root: string): Promise<readonly SeedTest[]> {
  const files: string[] = [];
  for await (const file of glob('harness/backends/aws/seed-*.test.ts', { cwd: root })) files.push(file);
  const found = await Promise.all(
    files.sort().map(async (file) => seedTestsIn(file.replaceAll('\\', '/'), await readFile(join(root, file), 'utf8'))),
  );
  return found.flat();
}
