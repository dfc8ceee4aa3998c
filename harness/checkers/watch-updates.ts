import type { Anomaly, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { lifetimesIn } from './expiry.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import type { HistoryIndex } from './index-history.ts';
import { eventsOf, writeCalls, writesIn } from './key-writes.ts';
import type { Write } from './key-writes.ts';
import { isDuring, tellsOf, watchesIn, watchesKey } from './watches.ts';
import type { Watch } from './watches.ts';

/**
 * A watch tells every value that is written to the keys it asks for while it is on. `unknown` where none was written, or
 * the history did not settle. O(watches × writes × updates).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md (watchers)
 */
export function watchComplete(): Checker {
  return { name: 'watch-complete', tests: 'kv-watch-order', check: (history) => checkTold(history, findMissed) };
}

/**
 * A watch tells every put, also one that changes nothing: of the same value as often as it was put. `unknown` where no
 * value was put twice, or the history did not settle. O(watches × writes × updates).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md (watchers)
 */
export function watchUnchanged(): Checker {
  return { name: 'watch-unchanged', tests: 'kv-watch-order', check: (history) => checkTold(history, findUncounted) };
}

/**
 * A watch tells deletes, purges and, where the bucket keeps markers, expiries. `unknown` where there was none, or the
 * history did not settle. O(watches × writes × updates).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-43.md
 */
export function watchMarkers(): Checker {
  return { name: 'watch-markers', tests: 'kv-delete-marker', check: (history) => checkTold(history, findUnmarked) };
}

/**
 * A watch with filters tells of the keys they match, all of them and no others. `unknown` where no watch had a wildcard,
 * or the history did not settle. O(watches × writes × updates).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md (watchers)
 */
export function watchFilters(): Checker {
  return { name: 'watch-filters', tests: 'kv-watch-wildcard', check: (history) => checkTold(history, findUnfiltered) };
}

interface Found {
  readonly compared: number;
  readonly anomalies: readonly Anomaly[];
}

function checkTold(
  history: History,
  find: (watch: Watch, writes: readonly Write[], index: HistoryIndex) => Found,
): Verdict {
  const index = indexHistory(history);
  const writes = writesIn(index);
  const calls = [...writeCalls(index), ...operationsOf(index, 'kv.watch')];
  const found = watchesIn(index).map((watch) => find(watch, writes, index));
  const compared = found.reduce((sum, one) => sum + one.compared, 0);
  return conclude({
    facts: { compared },
    anomalies: [...refusals(calls, ['wrong-revision']), ...found.flatMap(({ anomalies }) => anomalies)],
    compared,
    nothing: 'nothing was written that a watch had to tell of',
    unsettled: !index.complete,
  });
}

function findMissed(watch: Watch, writes: readonly Write[], index: HistoryIndex): Found {
  const due = writes.filter(
    (write) => write.kind === 'PUT' && watchesKey(watch, write.key) && isDuring(watch, write, index),
  );
  return {
    compared: due.length,
    anomalies: due.filter((write) => !isTold(watch, write)).map((write) => missed(watch, write)),
  };
}

function isTold({ updates }: Watch, write: Write): boolean {
  return updates.some((update) => tellsOf(update, write));
}

function missed({ id, operation }: Watch, write: Write): Anomaly {
  return {
    kind: 'missed',
    message: `${id} did not tell of the ${write.kind} of '${write.key}'`,
    evidence: [operation.index, ...eventsOf(write)],
  };
}

function findUncounted(watch: Watch, writes: readonly Write[], index: HistoryIndex): Found {
  const due = writes.filter(
    (write) => write.kind === 'PUT' && watchesKey(watch, write.key) && isDuring(watch, write, index),
  );
  const anomalies: Anomaly[] = [];
  let compared = 0;
  for (const same of Map.groupBy(due, ({ key, value }) => `${key} ${value}`).values()) {
    const [first] = same;
    const last = same.at(-1);
    if (first === undefined || last === undefined || same.length < 2) continue;
    compared += 1;
    const told = watch.updates.filter(({ entry }) => entry.key === first.key && entry.value === first.value);
    if (told.length >= same.length) continue;
    anomalies.push({
      kind: 'missed',
      message: `${watch.id} told ${told.length} of ${same.length} puts of one value to '${first.key}'`,
      evidence: [watch.operation.index, ...same.flatMap(eventsOf)],
    });
  }
  return { compared, anomalies };
}

function findUnmarked(watch: Watch, writes: readonly Write[], index: HistoryIndex): Found {
  const own = writes.filter((write) => watchesKey(watch, write.key) && write.bucket === watch.input.bucket);
  const marks = own.filter((write) => write.kind !== 'PUT' && isDuring(watch, write, index));
  const expired = own.filter((write) => isExpired(write, own, index) && isDuring(watch, write, index));
  const unexpired = expired.filter(
    (write) =>
      !watch.updates.some(
        ({ entry, index: at }) => at > write.doneAt && entry.key === write.key && entry.operation !== 'PUT',
      ),
  );
  return {
    compared: marks.length + expired.length,
    anomalies: [
      ...marks.filter((write) => !isTold(watch, write)).map((write) => missed(watch, write)),
      ...unexpired.map((write): Anomaly => ({
        kind: 'missed',
        message: `${watch.id} did not tell that '${write.key}' had expired`,
        evidence: [watch.operation.index, ...eventsOf(write)],
      })),
    ],
  };
}

/** A server looks for what has expired now and then. */
const slackMs = 1_000;

/** The last value of its key, due a good while before the history ended, in a bucket that keeps markers. */
function isExpired(write: Write, own: readonly Write[], index: HistoryIndex): boolean {
  const keepsMarkers = operationsOf(index, 'kv.open').some(
    ({ call }) => call.input.bucket === write.bucket && call.input.markerTtlMs !== undefined,
  );
  const last = own.findLast(({ key }) => key === write.key);
  const end = write.operation.end?.at ?? Infinity;
  const ended = index.events.at(-1)?.at ?? 0;
  return (
    keepsMarkers && last === write && write.kind === 'PUT' && (ended - end) / 1e6 > lifetimesIn(index)(write) + slackMs
  );
}

function findUnfiltered(watch: Watch, writes: readonly Write[], index: HistoryIndex): Found {
  const { input, updates, id, operation } = watch;
  if (!(input.filters ?? []).some((filter) => /[*>]/.test(filter))) return { compared: 0, anomalies: [] };
  const { compared, anomalies } = findMissed(watch, writes, index);
  const strays = updates.filter(({ entry }) => !watchesKey(watch, entry.key));
  return {
    compared,
    anomalies: [
      ...anomalies,
      ...strays.map(({ entry, index: at }): Anomaly => ({
        kind: 'unexpected',
        message: `${id} told of '${entry.key}', which its filters do not match`,
        evidence: [operation.index, at],
      })),
    ],
  };
}
