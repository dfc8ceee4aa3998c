import type { Anomaly, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import type { HistoryIndex } from './index-history.ts';
import { eventsOf, settledWrites, writeCalls, writesIn } from './key-writes.ts';
import type { Write } from './key-writes.ts';
import { tellsOf, watchesIn, watchesKey } from './watches.ts';
import type { Watch } from './watches.ts';

/**
 * A watch begins with the last value of every key it asks for and then says once that these have ended, also where there
 * are none. Judged on keys whose writes had ended before the watch, and on watches of present values. `unknown` where
 * there was none, or the history did not settle. O(watches × writes).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md (watchers)
 */
export function watchInitial(): Checker {
  return { name: 'watch-initial', tests: 'kv-watch-initial', check };
}

function check(history: History): Verdict {
  const index = indexHistory(history);
  const calls = [...writeCalls(index), ...operationsOf(index, 'kv.watch')];
  const anomalies: Anomaly[] = [...refusals(calls, ['wrong-revision'])];
  const watches = watchesIn(index).filter(
    ({ input }) => (input.include ?? 'latest') === 'latest' && input.resumeFromRevision === undefined,
  );
  for (const watch of watches) anomalies.push(...findMark(watch), ...findMissing(watch, presentBefore(watch, index)));
  return conclude({
    facts: { watches: watches.length },
    anomalies,
    compared: watches.length,
    nothing: 'nothing was watched from its present values on',
    unsettled: !index.complete,
  });
}

/** The last writes of the keys that it asks for, where they had all ended before it was called. */
export function presentBefore(watch: Watch, index: HistoryIndex): readonly Write[] {
  const { operation, input } = watch;
  const writes = writesIn(index).filter(({ bucket, key }) => bucket === input.bucket && watchesKey(watch, key));
  return [...Map.groupBy(writes, ({ key }) => key).values()].flatMap((all) => {
    const before = all.filter((write) => write.operation.index < operation.index);
    const [first] = before;
    const last = first === undefined ? undefined : settledWrites(before, first, operation)?.at(-1);
    return last === undefined || (input.ignoreDeletes === true && last.kind === 'DEL') ? [] : [last];
  });
}

function findMark({ id, operation, marks }: Watch): readonly Anomaly[] {
  if (marks.length === 1) return [];
  const message = `${id} said ${marks.length} times that its initial values had ended`;
  return [{ kind: marks.length === 0 ? 'no-mark' : 'marked-twice', message, evidence: [operation.index, ...marks] }];
}

/** Initial values that did not come before the mark; where there is none, that did not come at all. */
export function findMissing({ id, operation, updates, marks }: Watch, present: readonly Write[]): readonly Anomaly[] {
  const mark = marks[0] ?? Infinity;
  return present
    .filter((write) => !updates.some((update) => update.index < mark && tellsOf(update, write)))
    .map((write) => ({
      kind: 'missing',
      message: `${id} did not begin with the ${write.kind} of '${write.key}'`,
      evidence: [...eventsOf(write), operation.index],
    }));
}
