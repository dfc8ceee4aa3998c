import { isFix } from 'parallax-translator';
import type { Fix, Fixes } from 'parallax-translator';
import { realClock, sleep } from '#core';
import { startEmulatorProcess } from '../fixtures/emulator.ts';
import type { MendingLatency } from '../harness/docs/mending-page.ts';
import { openFloor } from '../harness/latency/floor.ts';
import { measure } from '../harness/latency/measure.ts';
import type { Lane, Pattern } from '../harness/latency/measure.ts';
import { patterns } from '../harness/latency/patterns.ts';
import { urlTarget } from '../harness/targets/url.ts';

const rounds = 30;
/** A round that has not ended by then counts as one that never does: without some fix nothing arrives. */
const limitMs = 3_000;
/** Between the starts of two systems, which take turns. */
const turnMs = 40;

/**
 * The patterns with all fixes, and with all but each: over real sockets, the emulator a process of its own, all variants and
 * the floor, one call of the SDK to a server that answers at once, in turn within each period, so that what disturbs the
 * machine disturbs them alike.
 */
export async function measureMending(variants: ReadonlyMap<Fix | 'all', Fixes>): Promise<MendingLatency> {
  const { signal } = new AbortController();
  const periodMs = turnMs * (variants.size + 1);
  let floorMs: number | undefined;
  const medians = new Map<string, ReadonlyMap<Fix | 'all', number>>();
  for (const pattern of patterns) {
    await using emulator = await startEmulatorProcess({ signal });
    await using stack = new AsyncDisposableStack();
    const lanes: Lane[] = [{ system: 'floor', round: stack.use(await openFloor()).round }];
    for (const [system, fixes] of variants) {
      const run = { scenario: `mending ${pattern.name} ${system}`, profile: 'mended', seed: 'friendly' as const };
      const target = urlTarget({ name: 'emulator', url: emulator.url, fixes });
      const stand = stack.use(await target.start({ run, signal }));
      lanes.push({ system, round: await limited(pattern).prepare(stand, signal) });
    }
    const summaries = await measure(lanes, { rounds, periodMs, clock: realClock, signal });
    floorMs = summaries.get('floor')?.p50Ms;
    const entries = [...summaries].flatMap(([system, { p50Ms }]) =>
      p50Ms !== undefined && p50Ms < limitMs && (system === 'all' || isFix(system)) ? [[system, p50Ms] as const] : [],
    );
    medians.set(pattern.name, new Map(entries));
    console.error(`latency of ${pattern.name}`);
  }
  return { rounds, floorMs, medians };
}

function limited(pattern: Pattern): Pattern {
  return {
    ...pattern,
    prepare: async (stand, signal) => {
      const play = await pattern.prepare(stand, signal);
      return (round) => Promise.race([play(round), sleep(realClock, limitMs, { signal })]);
    },
  };
}
