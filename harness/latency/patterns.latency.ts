import { inject, test } from 'vitest';
import { realClock } from '#core';
import type { LatencyRow, Target } from '#core';
import { startEmulatorProcess } from '../../fixtures/emulator.ts';
import { natsTarget } from '../targets/nats.ts';
import { urlTarget } from '../targets/url.ts';
import { latencyAccount } from '../vitest/servers.ts';
import { measureFloor } from './floor.ts';
import { measure } from './measure.ts';
import type { Measured } from './measure.ts';
import { patterns } from './patterns.ts';

/** A message that never comes must not keep the run. */
const patternLimitMs = 90_000;

const sampling = { rounds: 120, periodMs: 60, clock: realClock };

/** Both systems over real sockets, in turns, beside nothing else. Reported, never judged. */
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
  const start = async (system: string, target: Target, profile: string): Promise<Measured> => {
    const run = { scenario: latencyAccount, profile, seed: 'friendly' as const };
    return { system, stand: stack.use(await target.start({ run, signal })) };
  };
  const systems = [await start('nats', natsTarget(nats.access), 'nats')];
  const lacksFunctions = aws.kind === 'url' && aws.lacks['lambda'] !== undefined;
  for (const profile of options.profiles) {
    if (pattern.needsFunction === true && lacksFunctions && profile !== 'exact') continue;
    systems.push(await start(`${place.name} ${profile}`, urlTarget(place), profile));
  }
  const floor = await measureFloor({ ...sampling, signal });
  const summaries = await measure(pattern, systems, { ...sampling, signal }).catch((error: unknown) => {
    if (!limit.aborted) throw error;
    return skip(`not every round had ended after ${patternLimitMs / 1000} s`);
  });
  task.meta.latency = [...summaries].map(([system, summary]): LatencyRow => ({
    pattern: pattern.name,
    system,
    emulated: system !== 'nats',
    summary,
    ...(system === 'nats' || floor === undefined ? {} : { floor }),
  }));
});
