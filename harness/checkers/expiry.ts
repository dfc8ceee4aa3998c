import type { Anomaly, Capability, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import type { HistoryIndex } from './index-history.ts';
import { eventsOf, settledWrites, writeCalls, writesIn } from './key-writes.ts';
import type { Write } from './key-writes.ts';
import type { Operation } from './operation.ts';
import { entryOf } from './outputs.ts';

/** A server looks for what has expired now and then: nats-server 2.15 was seen to take up to 0.2 s with keys of one second. */
const defaultSlackMs = 1_000;

/**
 * A value with a time to live, of its bucket or its own, is there until it is due and gone within `slackMs` after that;
 * a value without one stays. `unknown` where no value that expires was read both early and late. O(reads × writes).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-43.md
 */
export function expiryWindow({
  tests = 'kv-ttl',
  slackMs = defaultSlackMs,
}: { readonly tests?: Capability; readonly slackMs?: number } = {}): Checker {
  return { name: 'expiry-window', tests, check: (history) => checkWindow(history, slackMs) };
}

function checkWindow(history: History, slackMs: number): Verdict {
  const index = indexHistory(history);
  const writes = writesIn(index);
  const lifetime = lifetimesIn(index);
  const anomalies: Anomaly[] = [
    ...refusals([...writeCalls(index), ...operationsOf(index, 'kv.get')], ['wrong-revision']),
  ];
  const seen = { early: 0, late: 0 };
  for (const read of operationsOf(index, 'kv.get')) {
    const { call, end, index: at } = read;
    const last = settledWrites(writes, call.input, read)?.at(-1);
    if (end?.kind !== 'ok' || last?.kind !== 'PUT') continue;
    const when = phaseOf(last, read, lifetime(last), slackMs);
    if (when === 'open') continue;
    if (lifetime(last) !== Infinity) seen[when] += 1;
    const isThere = entryOf(end.output) !== null;
    if (isThere === (when === 'early')) continue;
    anomalies.push({
      kind: isThere ? 'overdue' : 'lost',
      message: `'${last.key}' with ${lifetime(last)} ms to live was ${isThere ? 'still there' : 'gone'} ${aged(last, read)} ms after its write`,
      evidence: [...eventsOf(last), at, end.index],
    });
  }
  return conclude({
    facts: seen,
    anomalies,
    compared: Math.min(seen.early, seen.late),
    nothing: 'no value that expires was read both before and after it was due',
  });
}

/**
 * A key whose value has expired can be created as one that was never there. `unknown` where no create came so late.
 * O(creates × writes).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-43.md
 */
export function createAfterExpiry({ slackMs = defaultSlackMs }: { readonly slackMs?: number } = {}): Checker {
  return { name: 'create-after-expiry', tests: 'kv-ttl', check: (history) => checkCreate(history, slackMs) };
}

function checkCreate(history: History, slackMs: number): Verdict {
  const index = indexHistory(history);
  const writes = writesIn(index);
  const lifetime = lifetimesIn(index);
  const anomalies: Anomaly[] = [...refusals(writeCalls(index), ['wrong-revision'])];
  let compared = 0;
  for (const create of operationsOf(index, 'kv.create')) {
    const { call, end, index: at } = create;
    const before = writes.filter(({ operation }) => operation !== create);
    const last = settledWrites(before, call.input, create)?.at(-1);
    if (end === undefined || last?.kind !== 'PUT') continue;
    if (phaseOf(last, create, lifetime(last), slackMs) !== 'late') continue;
    compared += 1;
    if (end.kind === 'ok') continue;
    anomalies.push({
      kind: 'blocked',
      message: `'${last.key}' had expired and create failed: ${end.error}`,
      evidence: [...eventsOf(last), at, end.index],
    });
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing: 'no key was created after it had expired' });
}

/** Is a call certainly before a value is due, certainly after, or neither? Times in the history are nanoseconds. */
function phaseOf(write: Write, call: Operation, ttlMs: number, slackMs: number): 'early' | 'late' | 'open' {
  const written = write.operation;
  const endedMs = ((call.end?.at ?? Infinity) - written.at) / 1e6;
  if (endedMs < ttlMs) return 'early';
  const begunMs = (call.at - (written.end?.at ?? Infinity)) / 1e6;
  return begunMs > ttlMs + slackMs ? 'late' : 'open';
}

function aged({ operation }: Write, { at }: Operation): number {
  return Math.round((at - operation.at) / 1e6);
}

/** How long a write lives: as its bucket says, or as it says itself, raised to that of markers where history is kept. */
export function lifetimesIn(index: HistoryIndex): (write: Write) => number {
  const buckets = new Map(
    operationsOf(index, 'kv.open')
      .toReversed()
      .map(({ call }) => [call.input.bucket, call.input]),
  );
  return ({ bucket, ttlMs }) => {
    const { ttlMs: bucketMs = Infinity, markerTtlMs = 0, history = 1 } = buckets.get(bucket) ?? {};
    if (ttlMs === undefined) return bucketMs;
    return history === 1 ? ttlMs : Math.max(ttlMs, markerTtlMs);
  };
}
