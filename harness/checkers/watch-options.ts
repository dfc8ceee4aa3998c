import type { Anomaly, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import type { HistoryIndex } from './index-history.ts';
import { settledWrites, writeCalls, writesIn } from './key-writes.ts';
import type { Write } from './key-writes.ts';
import { findMissing } from './watch-initial.ts';
import { tellsOf, watchesIn, watchesKey } from './watches.ts';
import type { Update, Watch } from './watches.ts';

/**
 * A watch does as its options say: history begins with all kept values, updates with none; after a revision it begins
 * with what was written from there on; deletes are left out, and values too, where it is asked so. `unknown` where no
 * watch with options told anything, or the history did not settle. O(watches × writes × updates).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md (watchers)
 */
export function watchOptions(): Checker {
  return { name: 'watch-options', tests: 'kv-watch-options', check };
}

function check(history: History): Verdict {
  const index = indexHistory(history);
  const calls = [...writeCalls(index), ...operationsOf(index, 'kv.watch')];
  const anomalies: Anomaly[] = [...refusals(calls, ['wrong-revision'])];
  let compared = 0;
  for (const watch of watchesIn(index)) {
    const { include, ignoreDeletes, metaOnly, resumeFromRevision } = watch.input;
    const hasOptions =
      include !== undefined || ignoreDeletes === true || metaOnly === true || resumeFromRevision !== undefined;
    if (!hasOptions || watch.updates.length === 0) continue;
    compared += 1;
    anomalies.push(...findShown(watch), ...findStale(watch, index), ...findMissing(watch, wantedFirst(watch, index)));
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no watch with options told anything',
    unsettled: !index.complete,
  });
}

/** Deletes and values that it was asked to leave out. */
function findShown(watch: Watch): readonly Anomaly[] {
  const { ignoreDeletes, metaOnly } = watch.input;
  return [
    ...fault(
      watch,
      'delete-shown',
      'told of a delete',
      ({ entry }) => ignoreDeletes === true && entry.operation === 'DEL',
    ),
    ...fault(watch, 'value-shown', 'told a value', ({ entry }) => metaOnly === true && entry.value !== ''),
  ];
}

/** What was written before the place it was to begin at. */
function findStale(watch: Watch, index: HistoryIndex): readonly Anomaly[] {
  const { include, resumeFromRevision } = watch.input;
  if (resumeFromRevision !== undefined) {
    return fault(
      watch,
      'stale',
      `told what came before revision ${resumeFromRevision}`,
      ({ entry }) => entry.revision !== null && entry.revision < resumeFromRevision,
    );
  }
  if (include !== 'updates') return [];
  const before = writesIn(index).filter(({ doneAt }) => doneAt < watch.operation.index);
  const since = writesIn(index).filter(({ doneAt }) => doneAt > watch.operation.index);
  return fault(
    watch,
    'stale',
    'told what was written before it began',
    (update) => before.some((write) => tellsOf(update, write)) && !since.some((write) => tellsOf(update, write)),
  );
}

function fault(
  { id, operation, updates }: Watch,
  kind: string,
  what: string,
  isFault: (update: Update) => boolean,
): readonly Anomaly[] {
  return updates.filter(isFault).map(({ index, entry }) => ({
    kind,
    message: `${id} ${what}: '${entry.key}'`,
    evidence: [operation.index, index],
  }));
}

/** What must come before its mark: of history every value that is kept, after a revision those from there on. */
function wantedFirst(watch: Watch, index: HistoryIndex): readonly Write[] {
  const { input, operation } = watch;
  const { include, resumeFromRevision, ignoreDeletes } = input;
  if (include !== 'history' && resumeFromRevision === undefined) return [];
  const depth =
    operationsOf(index, 'kv.open').find(({ call }) => call.input.bucket === input.bucket)?.call.input.history ?? 1;
  const before = writesIn(index).filter(
    ({ bucket, key, operation: write }) =>
      bucket === input.bucket && watchesKey(watch, key) && write.index < operation.index,
  );
  return [...Map.groupBy(before, ({ key }) => key).values()].flatMap((all) => {
    const [first] = all;
    const known = first === undefined ? undefined : settledWrites(all, first, operation);
    const purge = known?.findLastIndex(({ kind }) => kind === 'PURGE') ?? -1;
    return (known?.slice(Math.max(0, purge)).slice(-depth) ?? []).filter(
      ({ kind, revision }) =>
        (ignoreDeletes !== true || kind !== 'DEL') &&
        (resumeFromRevision === undefined || (revision !== null && revision >= resumeFromRevision)),
    );
  });
}
