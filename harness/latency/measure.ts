import { range, sleep } from '#core';
import type { Clock, LatencySummary, Stand } from '#core';
import { summariseLatency } from '../report/latency.ts';

/** One system under measurement: what it is called, and one round on it. */
export interface Lane {
  readonly system: string;
  readonly round: (index: number) => Promise<void>;
}

/** One pattern: makes ready on a stand, and then does one round; the time of a round is from its intended start. */
export interface Pattern {
  readonly name: string;
  /** The document answers here by a Lambda function. */
  readonly needsFunction?: true;
  readonly prepare: (stand: Stand, signal: AbortSignal) => Promise<(round: number) => Promise<void>>;
}

export interface Sampling {
  readonly rounds: number;
  /** From one intended start of a system to its next; the systems' starts are spread over it. */
  readonly periodMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * The systems take turns within each period, and who is first moves on by one from period to period, so that what disturbs
 * the machine, a neighbour's round included, disturbs them all. A round begins at its intended time whether or not the one
 * before has ended, so that a slow system cannot hide by being asked less often.
 */
export async function measure(
  lanes: readonly Lane[],
  { rounds, periodMs, clock, signal }: Sampling,
): Promise<ReadonlyMap<string, LatencySummary>> {
  for (const lane of lanes) await lane.round(-1);
  const startMs = clock.epochMs();
  const measured = await Promise.all(
    lanes.map(async ({ system, round }, lane) => {
      const samples = await Promise.all(
        range(rounds).map(async (index) => {
          const turn = (lane + index) % lanes.length;
          const intendedMs = startMs + (index + turn / lanes.length) * periodMs;
          await sleep(clock, Math.max(0, intendedMs - clock.epochMs()), { signal });
          await round(index);
          return Math.max(0, clock.epochMs() - intendedMs);
        }),
      );
      return { system, summary: summariseLatency(samples) };
    }),
  );
  return new Map(
    measured.flatMap(({ system, summary }) => (summary === undefined ? [] : [[system, summary] as const])),
  );
}
