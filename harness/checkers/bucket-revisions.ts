import type { Anomaly, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { indexHistory } from './index-history.ts';
import { eventsOf, writeCalls, writesIn } from './key-writes.ts';
import type { Write } from './key-writes.ts';

/**
 * Revisions are one sequence over all keys of a bucket: each write has its own, and a write that began after another had
 * returned has the higher one. Gaps are allowed. `unknown` where no two writes of different keys were told a revision.
 * O(writes log writes).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md
 */
export function bucketRevisions(): Checker {
  return { name: 'bucket-revisions', tests: 'kv-bucket-revision', check };
}

function check(history: History): Verdict {
  const index = indexHistory(history);
  const anomalies: Anomaly[] = [...refusals(writeCalls(index), ['wrong-revision'])];
  let compared = 0;
  const done = writesIn(index).filter(({ kind, doneAt }) => kind === 'PUT' && doneAt !== Infinity);
  for (const writes of Map.groupBy(done, ({ bucket }) => bucket).values()) {
    if (new Set(writes.map(({ key }) => key)).size > 1) compared += writes.length;
    anomalies.push(...findUnnumbered(writes), ...findReused(writes), ...findDecreasing(writes));
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no two keys of a bucket were written',
  });
}

function findUnnumbered(writes: readonly Write[]): readonly Anomaly[] {
  return writes
    .filter(({ revision }) => revision === null)
    .map((write) => ({
      kind: 'unnumbered',
      message: `the write of '${write.key}' was given no revision`,
      evidence: eventsOf(write),
    }));
}

function findReused(writes: readonly Write[]): readonly Anomaly[] {
  const first = new Map<number, Write>();
  return writes.flatMap((write) => {
    const { revision, key } = write;
    const before = revision === null ? undefined : first.get(revision);
    if (revision !== null && before === undefined) first.set(revision, write);
    if (before === undefined) return [];
    return [
      {
        kind: 'reused',
        message: `'${before.key}' and '${key}' were both given revision ${revision}`,
        evidence: [...eventsOf(before), ...eventsOf(write)] as const,
      },
    ];
  });
}

/** Sweeps the events once: before a call, the highest revision among the writes that had returned. */
function findDecreasing(writes: readonly Write[]): readonly Anomaly[] {
  const byEnd = writes.toSorted((a, b) => a.doneAt - b.doneAt);
  const anomalies: Anomaly[] = [];
  let ended = 0;
  let highest: Write | undefined;
  for (const write of writes) {
    for (let next = byEnd[ended]; next !== undefined && next.doneAt < write.operation.index; next = byEnd[ended]) {
      if ((next.revision ?? 0) > (highest?.revision ?? 0)) highest = next;
      ended += 1;
    }
    // Equal ones are for the search of reused revisions.
    if (highest === undefined || write.revision === null || write.revision >= (highest.revision ?? 0)) continue;
    anomalies.push({
      kind: 'decreasing',
      message: `'${write.key}' was given revision ${write.revision} after '${highest.key}' had ${highest.revision}`,
      evidence: [...eventsOf(highest), ...eventsOf(write)],
    });
  }
  return anomalies;
}
