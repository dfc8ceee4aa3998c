import { SQSClient, GetQueueUrlCommand, CreateQueueCommand } from '@aws-sdk/client-sqs';
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import type { Profiler } from 'node:inspector/promises';
import { availableParallelism } from 'node:os';
import { client, createVirtualClock, createWorld } from 'parallax-emulator';
import { sleep } from '#core';
import { awsProfiles } from '../harness/backends/aws/profile.ts';
import { createDriver } from '../harness/drive.ts';
import { play } from '../harness/explore/trial.ts';
import type { Subject } from '../harness/explore/trial.ts';
import { loadScenarios, suitesFolder } from '../harness/load.ts';
import { embeddedTarget } from '../harness/targets/embedded.ts';
import { speedPage } from './speed-page.ts';

/**
 * npm run bench:explore [-- --keep]
 *
 * Every scenario's schedules in the profile `exact` with its `small` parameters, in turns, checkers included, beside the
 * floors: an empty act, the bare clock and the bare door. Measured in CPU time, so that what else the machine does
 * disturbs less; a rate is that of all cores. Then where the time goes, from a sampling profile of further schedules.
 * `--keep` writes docs/speed.md.
 */
// Exploring runs for minutes: what counts is the cost of a schedule once the code is compiled.
const warmups = 60;
const rounds = 20;
const profiled = 10;
const callsPerFloor = 20_000;
const { signal } = new AbortController();
const root = new URL('..', import.meta.url).href;

const areas: readonly (readonly [string, RegExp])[] = [
  ['clock', /^(emulator\/src\/(virtual-clock|heap|later)|harness\/drive)\.ts/],
  ['door', /^emulator\/src\/((doors|codecs)\/|(call|faults|retry|validation|world|choices|random|ids)\.ts)/],
  ['services', /^emulator\//],
  ['translator', /^translator\//],
  ['checkers', /^harness\/(checkers\/|check\.ts|core\/judge)/],
  ['harness', /^(harness|suites)\//],
];

const loaded = await loadScenarios(suitesFolder);
const subjects = loaded.map((scenario) => subjectOf(scenario));
const [first] = loaded;
if (first === undefined) throw new Error('no scenario');
const empty = subjectOf({ ...first, id: 'an empty act', scenario: { ...first.scenario, run: async () => undefined } });

for (let seed = 0; seed < warmups; seed += 1) await playAll(seed);
const costs = new Map<Subject, number[]>();
for (let seed = warmups; seed < warmups + rounds; seed += 1) await playAll(seed, costs);
const profile = await profileOf(async () => {
  for (let seed = warmups; seed < warmups + profiled; seed += 1) await playAll(seed);
});

const medians = [...costs].map(
  ([
    {
      loaded: { id },
    },
    all,
  ]) => ({ id, cpuMs: median(all) }),
);
const scenarios = medians.filter(({ id }) => id !== empty.loaded.id).sort((a, b) => b.cpuMs - a.cpuMs);
for (const { id, cpuMs } of scenarios) console.log(line(id, cpuMs));
const figures = {
  medianMs: median(scenarios.map(({ cpuMs }) => cpuMs)),
  meanMs: scenarios.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / scenarios.length,
  emptyMs: medians.find(({ id }) => id === empty.loaded.id)?.cpuMs ?? Number.NaN,
  clockStepMs: await bareClockMs(),
  doorCallMs: await bareDoorMs(),
  shares: sharesOf(profile),
};
console.log(line('median over scenarios', figures.medianMs));
console.log(line('mean over scenarios', figures.meanMs));
console.log(line(empty.loaded.id, figures.emptyMs));
console.log(`${'a step of the bare clock'.padEnd(32)} ${(figures.clockStepMs * 1000).toFixed(1).padStart(9)} µs`);
console.log(`${'a call through the bare door'.padEnd(32)} ${(figures.doorCallMs * 1000).toFixed(1).padStart(9)} µs`);
for (const [area, share] of figures.shares) {
  console.log(`${area.padEnd(32)} ${(100 * share).toFixed(1).padStart(9)} %`);
}
if (process.argv.includes('--keep')) {
  await writeFile(
    new URL('../docs/speed.md', import.meta.url),
    speedPage({ ...figures, cores: availableParallelism() }),
  );
}

function subjectOf(scenario: Subject['loaded']): Subject {
  return { loaded: scenario, target: embeddedTarget, profile: 'exact', capabilities: awsProfiles.exact, versions: {} };
}

async function playAll(seed: number, costs?: Map<Subject, number[]>): Promise<void> {
  for (const subject of [empty, ...subjects]) {
    const { failure, cpuMs } = await measured(() =>
      play(subject, { seed, parameters: subject.loaded.scenario.small }, { signal }),
    );
    if (failure !== undefined) throw new Error(`'${subject.loaded.id}' broke off: ${failure}`);
    costs?.set(subject, [...(costs.get(subject) ?? []), cpuMs]);
  }
}

async function profileOf(act: () => Promise<void>): Promise<Profiler.Profile> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  await act();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return profile;
}

async function measured<T extends object>(act: () => Promise<T>): Promise<T & { readonly cpuMs: number }> {
  const before = process.cpuUsage();
  const result = await act();
  const { user, system } = process.cpuUsage(before);
  return { ...result, cpuMs: (user + system) / 1000 };
}

/** A wait on the virtual clock and the driver's step that ends it. */
async function bareClockMs(): Promise<number> {
  const clock = createVirtualClock();
  const wait = async (): Promise<object> => {
    for (let count = 0; count < callsPerFloor; count += 1) await sleep(clock, 1, { signal });
    return {};
  };
  const { cpuMs } = await measured(() => createDriver(clock, () => false).drive(wait()));
  return cpuMs / callsPerFloor;
}

/** The cheapest call of SQS, by the third door. */
async function bareDoorMs(): Promise<number> {
  const sqs = client(createWorld(), SQSClient);
  await sqs.send(new CreateQueueCommand({ QueueName: 'q' }));
  const { cpuMs } = await measured(async () => {
    for (let count = 0; count < callsPerFloor; count += 1) await sqs.send(new GetQueueUrlCommand({ QueueName: 'q' }));
    return {};
  });
  return cpuMs / callsPerFloor;
}

/** Each sample counts for the innermost frame that is ours; the collector's own for itself. */
function sharesOf({ nodes, samples = [] }: Profiler.Profile): readonly (readonly [string, number])[] {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const areaOf = (id: number | undefined): string => {
    const frame = id === undefined ? undefined : frames.get(id);
    if (id === undefined || frame === undefined) return 'node';
    if (frame.functionName === '(garbage collector)') return 'garbage collector';
    const path = frame.url.startsWith(root) ? frame.url.slice(root.length) : '';
    return areas.find(([, pattern]) => pattern.test(path))?.[0] ?? areaOf(parents.get(id));
  };
  const groups = Map.groupBy(samples, areaOf);
  return [...groups].map(([area, of]) => [area, of.length / samples.length] as const).sort(([, a], [, b]) => b - a);
}

function line(name: string, cpuMs: number): string {
  const rate = (availableParallelism() * 60_000) / cpuMs;
  return `${name.padEnd(32)} ${cpuMs.toFixed(2).padStart(9)} ms ${rate.toFixed(0).padStart(9)} a minute`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
