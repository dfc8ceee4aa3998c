import type { Anomaly, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import { eventsOf, writesIn } from './key-writes.ts';
import type { Write } from './key-writes.ts';
import { tellsOf, watchesIn } from './watches.ts';
import type { Update } from './watches.ts';

/**
 * A watch tells updates of all keys in the order of their revisions; where there are none, no update comes after one
 * whose write began when its own had returned. `unknown` where no watch told of two keys. O(updates × writes).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md (watchers)
 */
export function watchOrder(): Checker {
  return { name: 'watch-order', tests: 'kv-watch-order', check };
}

function check(history: History): Verdict {
  const index = indexHistory(history);
  const writes = writesIn(index);
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'kv.open', 'kv.watch'))];
  let compared = 0;
  for (const { id, updates } of watchesIn(index)) {
    let latest: Update | undefined;
    for (const update of updates) {
      if (latest !== undefined && latest.entry.key !== update.entry.key) compared += 1;
      const order = latest === undefined ? undefined : inverted(update, latest, writes);
      if (latest !== undefined && order !== undefined) {
        anomalies.push({
          kind: 'reordered',
          message: `${id} told of '${update.entry.key}' after '${latest.entry.key}', which was written later`,
          evidence: [...order, latest.index, update.index],
        });
      } else latest = update;
    }
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing: 'no watch told of two keys' });
}

/** Events that show that the update was written before the one it follows; `undefined` where it was not. */
function inverted(
  update: Update,
  latest: Update,
  writes: readonly Write[],
): readonly [number, ...number[]] | undefined {
  const own = writes.find((write) => tellsOf(update, write));
  const other = writes.find((write) => tellsOf(latest, write));
  const [a, b] = [update.entry.revision, latest.entry.revision];
  const isInverted =
    a !== null && b !== null ? a < b : own !== undefined && other !== undefined && own.doneAt < other.operation.index;
  if (!isInverted) return undefined;
  if (own === undefined || other === undefined) return [latest.index];
  return [...eventsOf(own), ...eventsOf(other)];
}
