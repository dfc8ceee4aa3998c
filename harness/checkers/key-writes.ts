import type { Base64, KvEntry } from '#core';
import type { HistoryIndex } from './index-history.ts';
import { operationsOf } from './index-history.ts';
import type { Operation } from './operation.ts';
import { revisionOf } from './outputs.ts';

/** A write that succeeded, or may have. */
export interface Write {
  readonly operation: Operation<WriteName>;
  readonly bucket: string;
  readonly key: string;
  readonly kind: KvEntry['operation'];
  /** Empty for markers. */
  readonly value: Base64 | '';
  readonly revision: number | null;
  /** Index of its success; `Infinity` where nobody saw it. */
  readonly doneAt: number;
  readonly ttlMs: number | undefined;
}

export type WriteName = 'kv.put' | 'kv.create' | 'kv.update' | 'kv.delete' | 'kv.purge';

/** The writes that did not definitely fail, in the order of their calls. */
export function writesIn(index: HistoryIndex): readonly Write[] {
  return operationsOf(index, 'kv.put', 'kv.create', 'kv.update', 'kv.delete', 'kv.purge').flatMap((operation) => {
    const { call, end } = operation;
    if (end?.kind === 'fail') return [];
    const isDone = end?.kind === 'ok';
    const { bucket, key } = call.input;
    const isMarker = call.name === 'kv.delete' || call.name === 'kv.purge';
    return [
      {
        operation,
        bucket,
        key,
        kind:
          call.name === 'kv.delete'
            ? ('DEL' as const)
            : call.name === 'kv.purge'
              ? ('PURGE' as const)
              : ('PUT' as const),
        value: isMarker ? ('' as const) : call.input.value,
        revision: isDone && !isMarker ? revisionOf(end.output) : null,
        doneAt: isDone ? end.index : Infinity,
        ttlMs: 'ttlMs' in call.input ? call.input.ttlMs : undefined,
      },
    ];
  });
}

/** The calls that write; for their refusals. */
export function writeCalls(index: HistoryIndex): readonly Operation[] {
  return operationsOf(index, 'kv.open', 'kv.put', 'kv.create', 'kv.update', 'kv.delete', 'kv.purge');
}

/**
 * The writes of a key that had all ended when a call was made, if none of its writes was under way during the call and
 * none's end is unknown; `undefined` where the state of the key at that time is not certain.
 */
export function settledWrites(
  writes: readonly Write[],
  { bucket, key }: { readonly bucket: string; readonly key: string },
  { index, end }: Operation,
): readonly Write[] | undefined {
  const until = end?.index ?? Infinity;
  const own = writes.filter((write) => write.bucket === bucket && write.key === key && write.operation.index < until);
  const isCertain = own.every(
    (write, at) => write.doneAt < index && (own[at + 1]?.operation.index ?? Infinity) > write.doneAt,
  );
  return isCertain ? own : undefined;
}

/** Event evidence of a write. */
export function eventsOf({ operation: { index, end } }: Write): readonly [number, ...number[]] {
  return end === undefined ? [index] : [index, end.index];
}
