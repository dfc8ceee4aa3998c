import { expect, test } from 'vitest';
import { delivery, noDuplicates } from '#checkers';
import { scenario } from '#core';
import type { Capability, Profile, Scenario, Target } from '#core';
import { natsProfile } from './backends/nats/profile.ts';
import { memoryTarget } from './backends/memory/index.ts';
import { createCampaigns } from './campaigns.ts';
import type { Bench } from './campaigns.ts';
import { planCells } from './plan.ts';
import type { RunResult } from './run.ts';

const source = 'https://docs.nats.io/';
const signal = new AbortController().signal;

const acted = scenario({
  title: 'two rows of one act',
  rows: [
    { id: 'PUB-001', level: 'MUST', source, requires: ['delivery'], checks: [delivery()] },
    { id: 'PUB-002', level: 'MUST', source, requires: ['no-duplicates'], checks: [noDuplicates()] },
  ],
  parameters: { messages: 5 },
  small: { messages: 2 },
  async run({ parameters, open, subject, settle }) {
    const events = subject('agent', 'events');
    const subscriber = await open('subscriber');
    await subscriber.subscribe({ pattern: events });
    await subscriber.flush();
    const publisher = await open('publisher');
    for (let i = 0; i < parameters.messages; i += 1) await publisher.publish({ subject: events });
    await settle();
  },
});

function benchOf(definition: Scenario, aws: Target, profile: Profile = natsProfile) {
  const kept: RunResult[] = [];
  const bench: Bench = {
    loaded: { id: 'publish/acted', file: 'acted.ts', scenario: definition },
    nats: { ...memoryTarget(), name: 'nats', profiles: ['nats'] },
    aws: { ...aws, name: 'embedded', profiles: ['exact'] },
    profiles: { nats: natsProfile, exact: profile },
    seed: 1,
    schedules: 2,
    versions: {},
    keep: async (name, run) => {
      kept.push(run);
      return `${name}.jsonl`;
    },
  };
  const places = {
    nats: { name: 'nats', time: 'real' as const, profiles: ['nats'] },
    aws: { name: 'embedded', time: 'virtual' as const, profiles: ['exact'] },
  };
  return { bench, cells: planCells(bench.loaded, places), kept };
}

test('campaigns - the rows of an act share its runs, friendly and adverse', async () => {
  const { bench, cells } = benchOf(acted, memoryTarget());
  const campaigns = createCampaigns(bench);
  const judged = await Promise.all(cells.map((cell) => campaigns.judge(cell, { signal })));
  expect(judged.map(({ id, outcome, runs }) => [id, outcome, runs.length])).toEqual([
    ['PUB-001/nats/nats', 'same', 1],
    ['PUB-002/nats/nats', 'same', 1],
    ['PUB-001/embedded/exact', 'same', 3],
    ['PUB-002/embedded/exact', 'same', 3],
  ]);
});

test('campaigns - a broken back end is a gap with evidence and a command', async () => {
  const { bench, cells } = benchOf(acted, memoryTarget({ mutant: 'loses-a-message' }));
  const campaigns = createCampaigns(bench);
  const cell = cells.find(({ id }) => id === 'PUB-001/embedded/exact');
  if (cell === undefined) throw new Error('no such cell');
  const judged = await campaigns.judge(cell, { signal });
  expect(judged.outcome).toBe('gap');
  expect(judged.evidence?.kind).toBe('lost');
  expect(judged.repeat).toBe(
    'npx parallax conformance PUB-001 --target embedded --profile exact --seed 1 --no-baseline',
  );
});

test('campaigns - what the profile has no call for is unsupported and never played', async () => {
  const none: Record<Capability, Profile[Capability]> = { ...natsProfile };
  none.delivery = { level: 'none', why: 'no such call', source };
  let played = 0;
  const target: Target = {
    ...memoryTarget(),
    start: () => {
      played += 1;
      return Promise.reject(new Error('played'));
    },
  };
  const { bench, cells } = benchOf({ ...acted, rows: [acted.rows[0]] }, target, none);
  const campaigns = createCampaigns(bench);
  const judged = await Promise.all(cells.map((cell) => campaigns.judge(cell, { signal })));
  expect(judged.at(-1)).toMatchObject({ outcome: 'unsupported', reason: `delivery: no such call (${source})` });
  expect(played).toBe(0);
});

test('campaigns - an act that throws makes its cells unknown, with what it waited for', async () => {
  const broken: Scenario = {
    ...acted,
    async run({ open }) {
      await open('one');
      throw new Error('a bug');
    },
  };
  const { bench, cells } = benchOf(broken, memoryTarget());
  const campaigns = createCampaigns(bench);
  const [first] = cells;
  if (first === undefined) throw new Error('no cell');
  expect(await campaigns.judge(first, { signal })).toMatchObject({
    outcome: 'unknown',
    reason: 'the run broke off: a bug',
  });
});
