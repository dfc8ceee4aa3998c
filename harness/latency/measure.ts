import { brand, range, sleep, subjectOf, utf8 } from '#core';
import type { Clock, LatencySummary, ReceiverId, Session, SessionId, Stand } from '#core';
import { summariseLatency } from '../report/latency.ts';

/** One system under measurement: what it is called, and a stand on it. */
export interface Measured {
  readonly system: string;
  readonly stand: Stand;
}

/** One pattern: makes ready on a stand, and then does one round; the time of a round is from its intended start. */
export interface Pattern {
  readonly name: string;
  readonly prepare: (stand: Stand, signal: AbortSignal) => Promise<(round: number) => Promise<void>>;
}

/** From a publish to its delivery in another session. */
const publishToDeliver: Pattern = {
  name: 'publish → deliver',
  async prepare(stand, signal) {
    const arrivals = new Map<string, () => void>();
    const subject = subjectOf('agent.latency.ready');
    const receiver = await stand.backend.open(
      brand<SessionId>('receiver'),
      (notice) => {
        if (notice.kind === 'deliver') arrivals.get(notice.message.body)?.();
      },
      { signal },
    );
    const subscription = brand<ReceiverId>('receiver/latency#0');
    await receiver.subscribe({ subscription, pattern: subject }, { signal });
    await receiver.flush({}, { signal });
    const sender = await openSilent(stand, 'sender', signal);
    return async (round) => {
      const id = `round-${round}`;
      const body = utf8(id);
      const arrived = new Promise<void>((resolve) => arrivals.set(body, resolve));
      await sender.publish({ subject, id: brand(id), body }, { signal });
      await arrived;
    };
  },
};

/** So many agents write their state, as the document's do; a key is then not fought over by rounds that overlap. */
const keysUsed = 32;

function keyOf(round: number): string {
  return `agent-${Math.max(0, round) % keysUsed}`;
}

/** A put and a get of the same key. */
const putAndGet: Pattern = {
  name: 'KV put, get',
  async prepare(stand, signal) {
    const bucket = 'latency';
    const session = await openSilent(stand, 'writer', signal);
    await session['kv.open']({ bucket }, { signal });
    return async (round) => {
      await session['kv.put']({ bucket, key: keyOf(round), value: utf8(`round ${round}`) }, { signal });
      await session['kv.get']({ bucket, key: keyOf(round) }, { signal });
    };
  },
};

export const patterns: readonly Pattern[] = [publishToDeliver, putAndGet];

export interface Sampling {
  readonly rounds: number;
  /** From one intended start of a system to its next; the systems' starts are spread over it. */
  readonly periodMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * The systems take turns within each period, so that what disturbs the machine disturbs them all. A round begins at its
 * intended time whether or not the one before has ended, so that a slow system cannot hide by being asked less often.
 */
export async function measure(
  pattern: Pattern,
  systems: readonly Measured[],
  { rounds, periodMs, clock, signal }: Sampling,
): Promise<ReadonlyMap<string, LatencySummary>> {
  const lanes = await Promise.all(
    systems.map(async ({ system, stand }) => ({ system, round: await pattern.prepare(stand, signal) })),
  );
  for (const lane of lanes) await lane.round(-1);
  const startMs = clock.epochMs();
  const measured = await Promise.all(
    lanes.map(async ({ system, round }, turn) => {
      const samples = await Promise.all(
        range(rounds).map(async (index) => {
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

function openSilent(stand: Stand, name: string, signal: AbortSignal): Promise<Session> {
  return stand.backend.open(brand<SessionId>(name), () => undefined, { signal });
}
