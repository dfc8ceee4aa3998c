import { beforeAll, expect, test } from 'vitest';
import { mutants } from '../harness/backends/memory/mutants.ts';
import type { MutantName } from '../harness/backends/memory/mutants.ts';
import type { LoadedScenario } from '../harness/load.ts';
import { hunted, judgeOnMemory, scenariosById } from './judge-mutant.ts';
import { kills } from './kills.ts';

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
