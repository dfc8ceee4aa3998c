// One line for each capsule and for each schedule of SEEDS: its name and the digest of its history. Run by scripts/replay-nodes.ts.
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readCapsule } from '../harness/explore/capsule.ts';
import { scheduleSeed } from '../harness/explore/explore.ts';
import { replay } from '../harness/explore/replay.ts';
import { portfolioOf } from '../harness/explore/strategies.ts';
import { subjectsOf } from '../harness/explore/subjects.ts';
import { digestOf, play } from '../harness/explore/trial.ts';
import { profiles } from 'parallax-translator';

const { values } = parseArgs({ options: { schedules: { type: 'string', default: '2' } } });
const { signal } = new AbortController();
const folder = fileURLToPath(new URL('../fixtures/capsules/', import.meta.url));

for (const file of (await readdir(folder)).toSorted()) {
  if (!file.endsWith('.json')) continue;
  const result = await replay(await readCapsule(folder + file), { signal });
  const digest = result.state === 'unfit' ? result.reason : digestOf(result.trial.history);
  console.log(`${file} ${result.state} ${digest}`);
}
const strategies = portfolioOf('portfolio');
for (const subject of await subjectsOf({ patterns: [], profiles })) {
  for (let index = 0; index < Number(values.schedules); index += 1) {
    const [seed, strategy] = [scheduleSeed(1, subject, index), strategies[index % strategies.length] ?? strategies[0]];
    const parameters = subject.loaded.scenario.small;
    const { history, choices, failure } = await play(subject, { seed, strategy, parameters }, { signal });
    const name = `${subject.loaded.id} ${subject.profile} ${strategy} ${seed}`;
    console.log(`${name} ${choices.length} choices ${digestOf(history)}${failure === undefined ? '' : ` ${failure}`}`);
  }
}
