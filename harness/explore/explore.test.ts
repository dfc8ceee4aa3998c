import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '#core';
import { coverageName, formatCoverage, readCoverage } from './coverage-file.ts';
import { explore, mergeAll } from './explore.ts';
import type { Coverage } from './explore.ts';
import { portfolioOf } from './strategies.ts';
import { subjectsOf } from './subjects.ts';

const subjects = await subjectsOf({ patterns: ['publish/order', 'kv/recreate'], profiles: ['design', 'exact'] });

function part(index: number, parts: number): Promise<readonly Coverage[]> {
  const { signal } = new AbortController();
  return explore(subjects, {
    seed: 1,
    schedules: 24,
    strategies: portfolioOf('portfolio'),
    part: index,
    parts,
    signal,
    goOn: () => true,
  });
}

test('shards - four of them merged are the whole: schedules, distinct histories, points and findings', async () => {
  const whole = mergeAll(await part(0, 1));
  const shards = await Promise.all([0, 1, 2, 3].map((index) => part(index, 4)));
  const folder = await mkdtemp(join(tmpdir(), 'parallax-shards-'));
  try {
    const read: Coverage[] = [];
    for (const coverage of shards) {
      await writeFile(join(folder, coverageName), formatCoverage({ seed: 1, permit: 'all', seconds: 1, coverage }));
      read.push(...(await readCoverage(folder)).coverage);
    }
    expect(mergeAll(read)).toEqual(whole);
    expect(mergeAll(read.toReversed()).toSorted(byName)).toEqual(whole.toSorted(byName));
  } finally {
    await rm(folder, { recursive: true });
  }
  expect(whole.map(({ schedules }) => schedules)).toEqual([24, 24, 24, 24]);
  expect(whole.flatMap(({ findings }) => findings).length).toBeGreaterThan(2);
});

test('coverage - what cannot be read is said with its folder', async () => {
  await expect(readCoverage('no-such-folder')).rejects.toThrow(
    new UsageError(
      "'no-such-folder/coverage.json' cannot be read: expected what 'parallax explore --out no-such-folder' wrote",
    ),
  );
});

function byName(a: Coverage, b: Coverage): number {
  return `${a.scenario} ${a.profile}` < `${b.scenario} ${b.profile}` ? -1 : 1;
}
