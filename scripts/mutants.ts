import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formatHistory } from '#core';
import type { History } from '#core';
import { mutants } from '../harness/backends/memory/mutants.ts';
import type { MutantName } from '../harness/backends/memory/mutants.ts';
import { emulatorMutants } from './emulator-mutants.ts';
import { exactMutants } from './exact-mutants.ts';
import { hunted, judgeOnMemory, scenariosById } from './judge-mutant.ts';
import { huntMutant, isKilled, schedulesMax } from './judge-source.ts';
import type { LoadedScenario } from '../harness/load.ts';
import { killMatrixPage } from './kill-matrix-page.ts';
import type { Kill } from './kill-matrix-page.ts';
import { kills } from './kills.ts';
import type { SourceMutant } from './source-mutant.ts';

type Scenarios = ReadonlyMap<string, LoadedScenario>;

/**
 * Puts one fault after another into the back end in memory, then into the code of the `exact` translator and of the
 * emulator, and plays the act named for it: `npm run mutants`.
 *
 * Exit 0: each was caught by its checkers (in memory by no other of the act), and no act was false or vacuous without a
 * fault. `--clean N` plays every act in memory N times without a fault, for false alarms. `--golden` writes the histories
 * that the checkers' golden tests read, `--write` docs/kill-matrix.md.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      clean: { type: 'string', default: '3' },
      golden: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const signal = new AbortController().signal;
  const scenarios = await scenariosById();
  const memory = await killInMemory(scenarios, { golden: values.golden, signal });
  const exact = await killInSource(exactMutants, scenarios, signal);
  const emulator = await killInSource(emulatorMutants, scenarios, signal);
  const runs = Number(values.clean);
  const alarms = await cleanRuns(scenarios, { runs, golden: values.golden, signal });
  const count = Object.keys(mutants).length;
  console.log(
    `memory: ${memory.length} of ${count} mutants killed, ${alarms} false alarms in ${runs * scenarios.size} clean runs`,
  );
  console.log(`exact: ${exact.length} of ${exactMutants.length} mutants killed`);
  console.log(`emulator: ${emulator.length} of ${emulatorMutants.length} mutants killed`);
  const planted = count + exactMutants.length + emulatorMutants.length;
  const survived = planted - memory.length - exact.length - emulator.length;
  if (values.write && survived === 0) {
    await writeFile(new URL('../docs/kill-matrix.md', import.meta.url), killMatrixPage({ memory, exact, emulator }));
  }
  process.exitCode = survived + alarms === 0 ? 0 : 1;
}

async function killInMemory(
  scenarios: Scenarios,
  { golden, signal }: { readonly golden: boolean; readonly signal: AbortSignal },
): Promise<readonly Kill[]> {
  const killed: Kill[] = [];
  for (const [mutant, fault] of Object.entries(mutants)) {
    if (!isMutant(mutant)) continue;
    const { scenario, by } = kills[mutant];
    const { seed, runs, falseBy, history } = await hunt(scenarioOf(scenarios, scenario), mutant, signal);
    const isRight = JSON.stringify(falseBy) === JSON.stringify(by);
    if (isRight) killed.push({ name: mutant, fault, scenario, by, runs });
    const outcome = isRight ? `killed by ${by.join(', ')}` : `expected ${by.join(', ')}, was '${falseBy.join(', ')}'`;
    console.log(`${isRight ? 'ok  ' : 'MISS'} ${mutant}: ${fault} (${scenario}, seed ${seed}: ${outcome})`);
    if (golden) for (const checker of by) await writeGolden(checker, `invalid-${mutant}`, history);
  }
  return killed;
}

async function hunt(scenario: LoadedScenario, mutant: MutantName, signal: AbortSignal) {
  for (const [index, seed] of hunted.entries()) {
    const judged = await judgeOnMemory(scenario, { mutant, seed, signal });
    if (judged.falseBy.length > 0 || seed === hunted.at(-1)) return { ...judged, seed, runs: index + 1 };
  }
  throw new Error('nothing was played');
}

async function killInSource(
  planted: readonly SourceMutant[],
  scenarios: Scenarios,
  signal: AbortSignal,
): Promise<readonly Kill[]> {
  const killed: Kill[] = [];
  for (const mutant of planted) {
    const { name, file, fault, profile, scenario, killedBy } = mutant;
    const found = await huntMutant(mutant, scenarioOf(scenarios, scenario), { signal });
    const isRight = isKilled(found);
    if (isRight)
      killed.push({ name, fault, file, profile, scenario, by: [killedBy, ...found.beside], runs: found.runs });
    const outcome =
      found.seed === undefined
        ? `not seen by ${killedBy} in ${1 + schedulesMax} runs`
        : `seed ${found.seed}: ${killedBy} false, without the fault ${found.unmutated}: ${found.message}`;
    console.log(`${isRight ? 'ok  ' : 'MISS'} ${name}: ${fault} (${file}, ${scenario}, ${outcome})`);
  }
  return killed;
}

async function cleanRuns(
  scenarios: Scenarios,
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

function scenarioOf(scenarios: Scenarios, id: string): LoadedScenario {
  const found = scenarios.get(id);
  if (found === undefined) throw new Error(`no scenario '${id}'`);
  return found;
}

function isMutant(name: string): name is MutantName {
  return Object.hasOwn(mutants, name);
}

await main();
