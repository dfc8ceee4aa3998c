import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { mutants } from '../harness/backends/memory/mutants.ts';
import type { MutantName } from '../harness/backends/memory/mutants.ts';
import type { LoadedScenario } from '../harness/load.ts';
import { emulatorMutants } from './emulator-mutants.ts';
import { exactMutants } from './exact-mutants.ts';
import { hunted, judgeOnMemory, scenariosById } from './judge-mutant.ts';
import { kills } from './kills.ts';
import { applyTo, sourceOf } from './source-mutant.ts';

const signal = new AbortController().signal;
let scenarios: ReadonlyMap<string, LoadedScenario>;
beforeAll(async () => {
  scenarios = await scenariosById();
});

function scenarioOf(id: string): LoadedScenario {
  const found = scenarios.get(id);
  if (found === undefined) throw new Error(`no scenario '${id}'`);
  return found;
}

test.each(Object.keys(mutants) as MutantName[])(
  '%s is caught, and by nothing but what is named for it',
  async (mutant) => {
    const { scenario, by } = kills[mutant];
    for (const seed of hunted) {
      const { falseBy } = await judgeOnMemory(scenarioOf(scenario), { mutant, seed, signal });
      if (falseBy.length === 0) continue;
      expect(falseBy).toEqual(by);
      return;
    }
    expect.fail(`'${mutant}' was caught by none of ${hunted.length} runs`);
  },
);

test('no scenario is false or vacuous on the back end that is right', async () => {
  for (const loaded of scenarios.values()) {
    for (const seed of ['friendly', 1, 2] as const) {
      const { verdicts, failure } = await judgeOnMemory(loaded, { seed, signal });
      expect({ id: loaded.id, failure }).toEqual({ id: loaded.id, failure: undefined });
      for (const [name, verdict] of verdicts) expect({ name, ...verdict }).toMatchObject({ name, valid: true });
    }
  }
});

test('an act has at least 20 operations of 3 sessions and checks that compare, also with small and slow parameters', async () => {
  const thin: unknown[] = [];
  for (const loaded of scenarios.values()) {
    const { small, slow = small } = loaded.scenario;
    for (const parameters of new Set([small, slow])) {
      const { history, verdicts } = await judgeOnMemory(loaded, { seed: 'friendly', parameters, signal });
      const calls = history.events.filter((event) => event.kind === 'invoke');
      const sessions = new Set(calls.map(({ session }) => session)).size;
      const vacuous = [...verdicts].flatMap(([name, { valid }]) => (valid === 'unknown' ? [name] : []));
      if (calls.length < 20 || sessions < 3 || vacuous.length > 0) {
        thin.push({ id: loaded.id, parameters, calls: calls.length, sessions, vacuous });
      }
    }
  }
  expect(scenarios.size).toBeGreaterThan(0);
  expect(thin).toEqual([]);
});

test.each([...exactMutants, ...emulatorMutants])(
  '$code: $name stands in the code once, and its act has the checker',
  async (mutant) => {
    const source = await readFile(sourceOf(mutant), 'utf8');
    expect(applyTo(source, mutant)).not.toBe(source);
    const rows = scenarioOf(mutant.scenario).scenario.rows.filter(({ level }) => level !== 'MAY');
    expect(rows.flatMap(({ checks }) => checks.map(({ name }) => name))).toContain(mutant.killedBy);
  },
);

test('a text that stands in the code twice or not at all is refused', () => {
  const [mutant] = exactMutants;
  if (mutant === undefined) throw new Error('no mutants');
  expect(() => applyTo('', mutant)).toThrow("' 0 times, expected once");
  expect(() => applyTo(mutant.find.repeat(2), mutant)).toThrow("' 2 times, expected once");
});

test('the kill matrix has every mutant', async () => {
  const page = await readFile(new URL('../docs/kill-matrix.md', import.meta.url), 'utf8');
  const named = [...page.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  expect(new Set(named)).toEqual(
    new Set([...[...exactMutants, ...emulatorMutants].map(({ name }) => name), ...Object.keys(mutants)]),
  );
});
