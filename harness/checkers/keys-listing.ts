import { filterMatches, patternOf, subjectOf } from '#core';
import type { Anomaly, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import { eventsOf, settledWrites, writeCalls, writesIn } from './key-writes.ts';
import type { Write } from './key-writes.ts';
import { keysOf } from './outputs.ts';

/**
 * A listing has every key that holds a value and that its filters match, and no key that was deleted or purged. Judged
 * on keys all of whose writes had ended. `unknown` where nothing was listed. O(listings × writes).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md
 */
export function keysListing(): Checker {
  return { name: 'keys-listing', tests: 'kv-keys', check };
}

function check(history: History): Verdict {
  const index = indexHistory(history);
  const byKey = Map.groupBy(writesIn(index), ({ bucket, key }) => `${bucket} ${key}`);
  const listings = operationsOf(index, 'kv.keys');
  const anomalies: Anomaly[] = [...refusals([...writeCalls(index), ...listings], ['wrong-revision'])];
  let compared = 0;
  for (const listing of listings) {
    const { call, end, index: at } = listing;
    if (end?.kind !== 'ok') continue;
    const listed = new Set(keysOf(end.output));
    const { bucket, filters = ['>'] } = call.input;
    for (const writes of byKey.values()) {
      const last = lastOf(writes, bucket, listing);
      if (last === undefined) continue;
      const isWanted =
        last.kind === 'PUT' && filters.some((filter) => filterMatches(patternOf(filter), subjectOf(last.key)));
      compared += 1;
      if (listed.has(last.key) === isWanted) continue;
      const why = last.kind === 'PUT' ? 'its filters do not match it' : 'it was deleted';
      anomalies.push({
        kind: isWanted ? 'missing' : 'unexpected',
        message: isWanted ? `'${last.key}' is not listed` : `'${last.key}' is listed, though ${why}`,
        evidence: [...eventsOf(last), at, end.index],
      });
    }
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing: 'no keys were listed' });
}

function lastOf(
  writes: readonly Write[],
  bucket: string,
  listing: Parameters<typeof settledWrites>[2],
): Write | undefined {
  const [first] = writes;
  if (first?.bucket !== bucket) return undefined;
  return settledWrites(writes, first, listing)?.at(-1);
}
