import { build } from 'hdr-histogram-js';
import type { History, LatencySummary, MessageId, Nanos, OpId } from '#core';

/** A percentile is given only where so many samples lie above it. */
const samplesAboveMin = 10;
const microsecondsPerMs = 1_000;

/** What the figures are and what they are not, where latency is shown. */
export const latencyNote =
  'From the intended start of a round to its end, zeros kept, all systems and the floor in turns; a percentile only with ten samples above it. NATS is a real server; AWS is an emulator whose services answer at once: these figures are what SDK, translator and loopback take, and say nothing of the latency of AWS itself. The floor is one call of the SDK to a server with a canned answer; a round on AWS has one or more such calls. A floor above a few milliseconds says that the machine was busy, and so were all figures beside it.';

/**
 * The distribution of samples in milliseconds, from an HDR histogram of three significant digits over microseconds.
 * Zeros count. Without a sample: `undefined`.
 */
export function summariseLatency(samplesMs: readonly number[]): LatencySummary | undefined {
  if (samplesMs.length === 0) return undefined;
  const histogram = build({ numberOfSignificantValueDigits: 3, bitBucketSize: 'packed' });
  for (const sampleMs of samplesMs) histogram.recordValue(Math.max(0, Math.round(sampleMs * microsecondsPerMs)));
  const percentile = (percent: number): number | undefined =>
    samplesMs.length * (1 - percent / 100) < samplesAboveMin - 1e-9
      ? undefined
      : histogram.getValueAtPercentile(percent) / microsecondsPerMs;
  const [p50Ms, p90Ms, p99Ms] = [percentile(50), percentile(90), percentile(99)];
  return {
    samples: samplesMs.length,
    minMs: samplesMs.reduce((a, b) => Math.min(a, b)),
    ...(p50Ms === undefined ? {} : { p50Ms }),
    ...(p90Ms === undefined ? {} : { p90Ms }),
    ...(p99Ms === undefined ? {} : { p99Ms }),
    maxMs: samplesMs.reduce((a, b) => Math.max(a, b)),
  };
}

/** From each call to its end by operation, and from each publish to each of its first deliveries. On the run's clock. */
export function latencies({ events }: History): Readonly<Record<string, LatencySummary>> {
  const samples = new Map<string, number[]>();
  const add = (name: string, from: Nanos, to: Nanos): void => {
    const list = samples.get(name) ?? [];
    list.push((to - from) / 1e6);
    samples.set(name, list);
  };
  const calls = new Map<OpId, { readonly name: string; readonly at: Nanos }>();
  const published = new Map<MessageId, Nanos>();
  const seen = new Set<string>();
  for (const event of events) {
    if (event.kind === 'invoke') {
      calls.set(event.op, { name: event.call.name, at: event.at });
      if (event.call.name === 'publish') published.set(event.call.input.id, event.at);
    } else if (event.kind === 'ok') {
      const call = calls.get(event.op);
      if (call !== undefined && timed(call.name)) add(call.name, call.at, event.at);
    } else if (event.kind === 'deliver' && event.message.id !== null) {
      const from = published.get(event.message.id);
      const key = `${event.subscription} ${event.message.id}`;
      if (from !== undefined && !seen.has(key)) add('publish → deliver', from, event.at);
      seen.add(key);
    }
  }
  return Object.fromEntries(
    [...samples].flatMap(([name, list]) => {
      const summary = summariseLatency(list);
      return summary === undefined ? [] : [[name, summary]];
    }),
  );
}

/** Requests and what reads or writes a bucket; the rest is the act's own scaffolding. */
function timed(name: string): boolean {
  return name === 'request' || (name.startsWith('kv.') && name !== 'kv.open' && name !== 'kv.watch');
}
