import type { Anomaly, Checker, History, ReceiverId, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import { eventsOf, writesIn } from './key-writes.ts';
import type { Write } from './key-writes.ts';
import { tellsOf, watchesIn } from './watches.ts';
import type { Update } from './watches.ts';

/**
 * A watch tells each update of all keys once, in the order of their revisions; where there are none, no update comes
 * after one whose write began when its own had returned. `unknown` where no watch told of two keys.
 * O(updates × writes).
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
      const anomaly = latest === undefined ? undefined : breach(id, update, latest, writes);
      if (anomaly === undefined) latest = update;
      else anomalies.push(anomaly);
    }
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing: 'no watch told of two keys' });
}

/** What is wrong with an update that comes after another; `undefined` where nothing is. */
function breach(id: ReceiverId, update: Update, latest: Update, writes: readonly Write[]): Anomaly | undefined {
  const own = writes.find((write) => tellsOf(update, write));
  const other = writes.find((write) => tellsOf(latest, write));
  const evidence = [...(own === undefined || own === other ? [] : eventsOf(own)), ...(other ? eventsOf(other) : [])];
  const { key, revision } = update.entry;
  const before = latest.entry.revision;
  if (revision !== null && revision === before) {
    const message =
      key === latest.entry.key
        ? `${id} told of '${key}' twice at revision ${revision}`
        : `${id} told of '${key}' and of '${latest.entry.key}' at one revision, ${revision}`;
    return { kind: 'repeated', message, evidence: [latest.index, update.index, ...evidence] };
  }
  const isInverted =
    revision !== null && before !== null
      ? revision < before
      : own !== undefined && other !== undefined && own.doneAt < other.operation.index;
  if (!isInverted) return undefined;
  return {
    kind: 'reordered',
    message: `${id} told of '${key}' after '${latest.entry.key}', which was written later`,
    evidence: [latest.index, update.index, ...evidence],
  };
}
