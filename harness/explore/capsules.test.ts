import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseBaseline } from '#core';
import { loadScenarios, suitesFolder } from '../load.ts';
import { parseCapsule } from './capsule.ts';
import { capsuleName } from './keep.ts';
import { replay } from './replay.ts';
import { operationsOf } from './shrink.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/', import.meta.url));
const files = readdirSync(`${fixtures}capsules`).filter((name) => name.endsWith('.json'));

function read(name: string) {
  return parseCapsule(readFileSync(`${fixtures}capsules/${name}`, 'utf8'), name);
}

describe('capsules', () => {
  test('there is one of every suite, and of every gap that the baseline of `design` knows', async () => {
    const scenarios = await loadScenarios(suitesFolder);
    const suiteOf = (id: string): string | undefined => id.split('/')[0];
    expect(new Set(files.map((name) => suiteOf(read(name).scenario)))).toEqual(
      new Set(scenarios.map(({ id }) => suiteOf(id))),
    );
    const { cells } = parseBaseline(readFileSync(`${fixtures}baselines/embedded.json`, 'utf8'), 'embedded.json');
    const gaps = [...cells].flatMap(([key, { outcomes }]) =>
      key.endsWith(' design') && outcomes.includes('gap') ? [key.split(' ')[0]] : [],
    );
    const told = new Set(files.map((name) => read(name).row));
    expect(gaps.filter((row) => row === undefined || !told.has(row))).toEqual([]);
    expect(gaps.length).toBeGreaterThanOrEqual(25);
  });

  test.for(files)('%s replays byte for byte, in at most ten operations', async (name) => {
    const capsule = read(name);
    expect(capsuleName(capsule)).toBe(name);
    const result = await replay(capsule, { signal: new AbortController().signal });
    expect(result.state === 'unfit' ? result.reason : result.state).toBe('there');
    expect(result.state === 'there' && result.identical).toBe(true);
    expect(operationsOf(capsule)).toBeLessThanOrEqual(10);
    expect(capsule.shrunk.isMinimal).toBe(true);
  });
});
