import { inject, test } from 'vitest';
import { realClock } from '#core';
import type { LatencyRow, Target } from '#core';
import { startEmulatorProcess } from '../../fixtures/emulator.ts';
import { natsTarget } from '../targets/nats.ts';
import { urlTarget } from '../targets/url.ts';
import { latencyAccount } from '../vitest/servers.ts';
import { openFloor } from './floor.ts';
import { measure } from './measure.ts';
import type { Lane } from './measure.ts';
import { patterns } from './patterns.ts';

/** A message that never comes must not keep the run. */
const patternLimitMs = 90_000;

const floorName = 'floor';
const sampling = { rounds: 120, periodMs: 60, clock: realClock };

/** Both systems and the floor over real sockets, in turns, beside nothing else. Reported, never judged. */
test.for(patterns)('$name', { timeout: 0 }, async (pattern, { task, skip, signal: cancelled }) => {
  const { nats, aws, options } = inject('parallax');
  if (nats.kind === 'none' || aws.kind === 'none') {
    skip(nats.kind === 'none' ? nats.reason : aws.kind === 'none' ? aws.reason : '');
    return;
  }
  const limit = AbortSignal.timeout(patternLimitMs);
  const signal = AbortSignal.any([cancelled, limit]);
  await using stack = new AsyncDisposableStack();
  const place =
    aws.kind === 'url' ? aws : { name: 'emulator', url: stack.use(await startEmulatorProcess({ signal })).url };
  const start = async (system: string, target: Target, profile: string): Promise<Lane> => {
    const run = { scenario: latencyAccount, profile, seed: 'friendly' as const };
    return { system, round: await pattern.prepare(stack.use(await target.start({ run, signal })), signal) };
  };
  const lanes = [await start('nats', natsTarget(nats.access), 'nats')];
  const lacksFunctions = aws.kind === 'url' && aws.lacks['lambda'] !== undefined;
  for (const profile of options.profiles) {
    if (pattern.needsFunction === true && lacksFunctions && profile !== 'exact') continue;
    lanes.push(await start(`${place.name} ${profile}`, urlTarget(place), profile));
  }
  lanes.push({ system: floorName, round: stack.use(await openFloor()).round });
  const summaries = await measure(lanes, { ...sampling, signal }).catch((error: unknown) => {
    if (!limit.aborted) throw error;
    return skip(`not every round had ended after ${patternLimitMs / 1000} s`);
  });
  const floor = summaries.get(floorName);
  const ofSystems = [...summaries].filter(([system]) => system !== floorName);
  task.meta.latency = ofSystems.map(([system, summary]): LatencyRow => ({
    pattern: pattern.name,
    system,
    emulated: system !== 'nats',
    summary,
    ...(system === 'nats' || floor === undefined ? {} : { floor }),
  }));
});
