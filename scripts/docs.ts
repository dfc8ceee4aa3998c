// Writes the generated pages of docs/; with --check only says which are out of date, and exits 1.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadBaseline } from '../harness/baselines.ts';
import { matrixPage } from '../harness/docs/matrix-page.ts';
import { scenariosPage } from '../harness/docs/scenarios-page.ts';
import { seedAuditPage } from '../harness/docs/seed-audit-page.ts';
import { seedBugs } from '../harness/docs/seed-bugs.ts';
import { loadSeedTests } from '../harness/docs/seed-tests.ts';
import { loadScenarios, suitesFolder } from '../harness/load.ts';
import { coveragePage } from './coverage-page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const scenarios = await loadScenarios(suitesFolder);
const baselines = await Promise.all(
  ['embedded', 'emulator', 'localstack'].map(async (target) => ({
    target,
    baseline: await loadBaseline(root, target),
  })),
);

const pages: Readonly<Record<string, string>> = {
  'docs/scenarios.md': scenariosPage(scenarios),
  'docs/aws-coverage.md': await coveragePage(),
  'docs/seed-audit.md': seedAuditPage(seedBugs, await loadSeedTests(root)),
  'docs/matrix.md': matrixPage(scenarios, baselines),
};

const stale: string[] = [];
for (const [path, text] of Object.entries(pages)) {
  const file = new URL(`../${path}`, import.meta.url);
  const before = await readFile(file, 'utf8').catch(() => '');
  if (before === text) continue;
  stale.push(path);
  if (!process.argv.includes('--check')) await writeFile(file, text);
}
const verb = process.argv.includes('--check') ? 'out of date, run npm run docs' : 'written';
for (const path of stale) console.log(`${path}: ${verb}`);
if (process.argv.includes('--check') && stale.length > 0) process.exitCode = 1;
