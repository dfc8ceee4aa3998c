import { join } from 'node:path';
import { BroadcastChannel, workerData } from 'node:worker_threads';
import { playOnNats } from '../campaign.ts';
import { loadScenarios } from '../load.ts';
import type { RunResult } from '../run.ts';
import { natsTarget } from '../targets/nats.ts';
import { messageOf, tell } from './nats-runs.ts';
import type { NatsRunsData } from './nats-runs.ts';

/** At most so many acts are played ahead at a time, so that none waits for the others' computing. */
const aheadMax = 8;

const { root, channel: name, access, versions, ahead }: NatsRunsData = workerData;
const scenarios = new Map((await loadScenarios(join(root, 'suites'))).map((loaded) => [loaded.id, loaded]));
const target = natsTarget(access);
const { signal } = new AbortController();
const played = new Map<string, Promise<RunResult>>();
const channel = new BroadcastChannel(name);

channel.addEventListener('message', (event) => {
  const message = messageOf(event);
  if (message?.kind === 'ask') void answer(message.scenario);
});
tell(channel, { kind: 'ready' });

const left = [...ahead];
await Promise.all(Array.from({ length: aheadMax }, playAhead));

async function playAhead(): Promise<void> {
  for (let id = left.shift(); id !== undefined; id = left.shift()) await runOf(id);
}

async function answer(id: string): Promise<void> {
  tell(channel, { kind: 'played', scenario: id, result: await runOf(id) });
}

function runOf(id: string): Promise<RunResult> {
  const loaded = scenarios.get(id);
  if (loaded === undefined) throw new Error(`there is no scenario '${id}'`);
  const run = played.get(id) ?? playOnNats({ loaded, target, versions }, { signal });
  played.set(id, run);
  return run;
}
