import type { Anomaly, Checker, History, KvEntry, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import { eventsOf, settledWrites, writeCalls, writesIn } from './key-writes.ts';
import type { Write } from './key-writes.ts';
import type { Operation } from './operation.ts';
import { entriesOf } from './outputs.ts';

/**
 * The history of a key is its last values, as many as the bucket keeps, oldest first. Judged on keys that were never
 * deleted or purged, all of whose writes had ended. `unknown` where no history could be longer than what is kept.
 * O(histories × writes).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md
 */
export function historyDepth(): Checker {
  return {
    name: 'history-depth',
    tests: 'kv-history',
    check: (history) =>
      checkHistories(history, {
        nothing: 'no history was asked for of a key with more values than are kept',
        isFor: (writes, depth) => writes.length > depth && writes.every(({ kind }) => kind === 'PUT'),
        faultOf(entries, writes, depth) {
          const wanted = writes.slice(-depth).map(({ value }) => value);
          const isRight = JSON.stringify(entries.map(({ value }) => value)) === JSON.stringify(wanted);
          return isRight ? undefined : `holds ${entries.length} values, expected the last ${depth}`;
        },
      }),
  };
}

/**
 * A delete leaves a marker at the end of the key's history, behind the values that were there. `unknown` where no history
 * was asked for of a key that had been deleted last. O(histories × writes).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md
 */
export function deleteMarker(): Checker {
  return {
    name: 'delete-marker',
    tests: 'kv-delete-marker',
    check: (history) =>
      checkHistories(history, {
        nothing: 'no history was asked for of a key that had been deleted',
        isFor: (writes) => writes.at(-1)?.kind === 'DEL',
        faultOf: (entries) => (entries.at(-1)?.operation === 'DEL' ? undefined : 'has no marker of its delete'),
      }),
  };
}

/**
 * A purge removes the values and leaves one marker. `unknown` where no history was asked for of a key that had been
 * purged last. O(histories × writes).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md
 */
export function purgeMarker(): Checker {
  return {
    name: 'purge-marker',
    tests: 'kv-purge',
    check: (history) =>
      checkHistories(history, {
        nothing: 'no history was asked for of a key that had been purged',
        isFor: (writes) => writes.at(-1)?.kind === 'PURGE',
        faultOf(entries) {
          const isRight = entries.length === 1 && entries[0]?.operation === 'PURGE';
          return isRight
            ? undefined
            : `holds ${entries.map(({ operation }) => operation).join(', ') || 'nothing'} after its purge`;
        },
      }),
  };
}

interface Rule {
  readonly nothing: string;
  readonly isFor: (writes: readonly Write[], depth: number) => boolean;
  readonly faultOf: (entries: readonly KvEntry[], writes: readonly Write[], depth: number) => string | undefined;
}

function checkHistories(history: History, { nothing, isFor, faultOf }: Rule): Verdict {
  const index = indexHistory(history);
  const writes = writesIn(index);
  const histories = operationsOf(index, 'kv.history');
  const depths = depthsOf(operationsOf(index, 'kv.open'));
  const anomalies: Anomaly[] = [...refusals([...writeCalls(index), ...histories], ['wrong-revision'])];
  let compared = 0;
  for (const asked of histories) {
    const { call, end, index: at } = asked;
    const known = settledWrites(writes, call.input, asked);
    const depth = depths.get(call.input.bucket) ?? 1;
    const last = known?.at(-1);
    if (end?.kind !== 'ok' || known === undefined || last === undefined || !isFor(known, depth)) continue;
    compared += 1;
    const fault = faultOf(entriesOf(end.output), known, depth);
    if (fault === undefined) continue;
    anomalies.push({
      kind: 'wrong-history',
      message: `the history of '${call.input.key}' ${fault}`,
      evidence: [...eventsOf(last), at, end.index],
    });
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing });
}

function depthsOf(opens: readonly Operation<'kv.open'>[]): ReadonlyMap<string, number> {
  return new Map(opens.toReversed().map(({ call }) => [call.input.bucket, call.input.history ?? 1]));
}
