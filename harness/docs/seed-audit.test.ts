import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { range } from '#core';
import { loadBaseline } from '../baselines.ts';
import { loadScenarios, suitesFolder } from '../load.ts';
import { seedTestsIn } from './seed-audit-page.ts';
import { seedBugs } from './seed-bugs.ts';
import { loadSeedTests } from './seed-tests.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const counts = { T: 21, W: 13, L: 9, S: 11, R: 5, B: 2 };
const rows = Object.entries(seedBugs).flatMap(([id, bug]) => (bug.rows ?? []).map((row) => ({ id, row })));

test('seed bugs - all 61 are there', () => {
  const ids = Object.entries(counts).flatMap(([letter, count]) => range(count).map((i) => `${letter}${i + 1}`));
  expect(Object.keys(seedBugs)).toEqual(ids);
  expect(ids).toHaveLength(61);
});

test('seed bugs - each is shown by a row, a named test or a compiler', async () => {
  const tests = await loadSeedTests(root);
  const shown = new Set(tests.map(({ id }) => id));
  for (const [id, { rows: ofBug, compiler }] of Object.entries(seedBugs)) {
    expect(shown.has(id) || ofBug !== undefined || compiler !== undefined, id).toBe(true);
  }
  for (const { id, name } of tests) expect(seedBugs, name).toHaveProperty(id);
  expect(new Set(tests.map(({ name }) => name)).size).toBe(tests.length);
});

test('seed bugs - each row that is named stands in a suite', async () => {
  const scenarios = await loadScenarios(suitesFolder);
  const known = new Set(scenarios.flatMap(({ scenario }) => scenario.rows.map(({ id }) => id)));
  for (const { id, row } of rows) expect(known.has(row), `${id} ${row}`).toBe(true);
});

test('seed bugs - no row that is named is expected to be the same as on NATS', async () => {
  const baseline = await loadBaseline(root, 'embedded');
  for (const { id, row } of rows) {
    expect(baseline?.cells.get(`${row} design`)?.outcomes, `${id} ${row}`).not.toEqual(['same']);
  }
});

test('seed bugs - a test is found by its name', () => {
  expect(seedTestsIn('a.test.ts', `test('seed W1 - it ends', () => {});\ntest('other', () => {});`)).toEqual([
    { id: 'W1', name: 'seed W1 - it ends', file: 'a.test.ts' },
  ]);
});
