import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formatHistory } from '#core';
import type { History } from '#core';
import { mutants } from '../harness/backends/memory/mutants.ts';
import type { MutantName } from '../harness/backends/memory/mutants.ts';
import { hunted, judgeOnMemory, scenariosById } from './judge-mutant.ts';
import type { LoadedScenario } from '../harness/load.ts';
import { kills } from './kills.ts';

/**
 * Puts one fault after another into the back end in memory and plays the act named for it: `npm run mutants`.
 *
 * Exit 0: each was caught by its checkers and by no other of the act, and no act was false or vacuous without a fault.
 * `--clean N` plays every act N times without a fault, for false alarms. `--golden` writes the histories that the
 * checkers' golden tests read.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { clean: { type: 'string', default: '3' }, golden: { type: 'boolean' } } });
  const signal = new AbortController().signal;
  const scenarios = await scenariosById();
  let missed = 0;
  for (const [mutant, description] of Object.entries(mutants)) {
    if (!isMutant(mutant)) continue;
    const { scenario, by } = kills[mutant];
    const found = await hunt(scenarioOf(scenarios, scenario), mutant, signal);
    const isKilled = JSON.stringify(found.falseBy) === JSON.stringify(by);
    if (!isKilled) missed += 1;
    const outcome = isKilled
      ? `killed by ${by.join(', ')}`
      : `expected ${by.join(', ')}, was '${found.falseBy.join(', ')}'`;
    console.log(
      `${isKilled ? 'ok  ' : 'MISS'} ${mutant}: ${description} (${scenario}, seed ${found.seed}: ${outcome})`,
    );
    if (values.golden) for (const checker of by) await writeGolden(checker, `invalid-${mutant}`, found.history);
  }
  const alarms = await cleanRuns(scenarios, { runs: Number(values.clean), golden: values.golden === true, signal });
  const count = Object.keys(mutants).length;
  console.log(
    `${count - missed} of ${count} mutants killed, ${alarms} false alarms in ${Number(values.clean) * scenarios.size} clean runs`,
  );
  process.exitCode = missed + alarms === 0 ? 0 : 1;
}

async function hunt(scenario: LoadedScenario, mutant: MutantName, signal: AbortSignal) {
  for (const seed of hunted) {
    const judged = await judgeOnMemory(scenario, { mutant, seed, signal });
    if (judged.falseBy.length > 0 || seed === hunted.at(-1)) return { ...judged, seed };
  }
  throw new Error('nothing was played');
}

async function cleanRuns(
  scenarios: ReadonlyMap<string, LoadedScenario>,
  { runs, golden, signal }: { readonly runs: number; readonly golden: boolean; readonly signal: AbortSignal },
): Promise<number> {
  let alarms = 0;
  for (const scenario of scenarios.values()) {
    for (let run = 0; run < runs; run += 1) {
      const seed = run === 0 ? 'friendly' : run;
      const { verdicts, failure, history } = await judgeOnMemory(scenario, { seed, signal });
      const wrong = [...verdicts].filter(([, { valid }]) => valid !== true);
      if (wrong.length > 0 || failure !== undefined) {
        alarms += 1;
        console.log(`MISS ${scenario.id}, seed ${seed}: ${failure ?? wrong.map(([name]) => name).join(', ')}`);
      }
      if (golden && run === 0) {
        for (const name of verdicts.keys()) {
          await writeGolden(name.split(' ')[1] ?? name, `valid-${scenario.id.replace('/', '-')}`, history);
        }
      }
    }
  }
  return alarms;
}

const goldenFolder = fileURLToPath(new URL('../fixtures/histories', import.meta.url));
/** A history of mebibytes has no place in a repository. */
const goldenBytesMax = 100_000;

async function writeGolden(checker: string, name: string, history: History): Promise<void> {
  const text = formatHistory(history);
  if (text.length > goldenBytesMax) return;
  await mkdir(`${goldenFolder}/${checker}`, { recursive: true });
  await writeFile(`${goldenFolder}/${checker}/${name}.jsonl`, text);
}

function scenarioOf(scenarios: ReadonlyMap<string, LoadedScenario>, id: string): LoadedScenario {
  const found = scenarios.get(id);
  if (found === undefined) throw new Error(`no scenario '${id}'`);
  return found;
}

function isMutant(name: string): name is MutantName {
  return Object.hasOwn(mutants, name);
}

await main();
