import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UsageError } from '#core';
import { loadScenarios, matching, scenarioId } from './load.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parallax-load-'));
  await mkdir(join(folder, 'kv'));
});

afterEach(() => rm(folder, { recursive: true }));

const row = (id: string, checks = '[{}]') => `{ id: '${id}', checks: ${checks} }`;
const file = (...rows: string[]) => `export default { title: 't', rows: [${rows.join(', ')}], run() {} };`;

test('load - a scenario by its path', async () => {
  await writeFile(join(folder, 'kv/one.ts'), file(row('KV-001')));
  const [loaded] = await loadScenarios(folder);
  expect(loaded?.id).toBe('kv/one');
  expect(scenarioId(folder, join(folder, 'kv/one.ts'))).toBe('kv/one');
});

test.each([
  ['no default export', 'export const x = 1;', 'has no scenario as its default export'],
  ['something else', 'export default 7;', 'has no scenario as its default export'],
  ['no rows', file(), 'has no scenario as its default export'],
  ['no checks', file(row('KV-001', '[]')), "row 'KV-001' in"],
])('load - %s is refused', async (_, text, message) => {
  await writeFile(join(folder, 'kv/bad.ts'), text);
  const loading = loadScenarios(folder);
  await expect(loading).rejects.toThrow(UsageError);
  await expect(loading).rejects.toThrow(message);
});

test('load - an id that two files use names both', async () => {
  await writeFile(join(folder, 'kv/a.ts'), file(row('KV-001')));
  await writeFile(join(folder, 'kv/b.ts'), file(row('KV-001')));
  await expect(loadScenarios(folder)).rejects.toThrow(/row 'KV-001' stands in '.*a\.ts' and in '.*b\.ts'/);
});

test('patterns - a part of a path, a row, and nothing', async () => {
  await writeFile(join(folder, 'kv/one.ts'), file(row('KV-001')));
  await writeFile(join(folder, 'kv/two.ts'), file(row('KV-002')));
  const all = await loadScenarios(folder);
  expect(matching(all, []).length).toBe(2);
  expect(matching(all, ['kv/one']).map(({ id }) => id)).toEqual(['kv/one']);
  expect(matching(all, ['kv-002']).map(({ id }) => id)).toEqual(['kv/two']);
  expect(() => matching(all, ['qg'])).toThrow("pattern 'qg' matches no scenario");
});
