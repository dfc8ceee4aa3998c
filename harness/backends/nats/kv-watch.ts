import type { KvWatchEntry } from '@nats-io/kv';
import type { QueuedIterator } from '@nats-io/transport-node';
import type { KvWatch, Methods, ReceiverId } from '#core';
import { consumerOf } from './client-internals.ts';
import type { Buckets } from './kv.ts';
import { entryOf } from './kv.ts';
import type { Link } from './link.ts';

/** A watch that runs. */
export interface Watch {
  readonly stop: () => void;
  /** Whether everything that the server has for it has come. */
  readonly isUpToDate: () => Promise<boolean>;
}

export type Watches = Map<ReceiverId, Watch>;

const include = { latest: '', history: 'history', updates: 'updates' } as const;

export function watching(link: Link, buckets: Buckets, watches: Watches): Pick<Methods, 'kv.watch' | 'kv.unwatch'> {
  return {
    'kv.watch': (input, options) =>
      link.call(async () => {
        const kv = await buckets.open(input.bucket);
        const entries = await kv.watch({
          ...(input.filters !== undefined && { key: [...input.filters] }),
          include: include[input.include ?? 'latest'],
          ...(input.metaOnly !== undefined && { headers_only: input.metaOnly }),
          ...(input.resumeFromRevision !== undefined && { resumeFromRevision: input.resumeFromRevision }),
        });
        watches.set(input.watch, await follow(link, input, entries));
        return null;
      }, options),
    async 'kv.unwatch'({ watch }) {
      watches.get(watch)?.stop();
      watches.delete(watch);
      return null;
    },
  };
}

/**
 * Tells each entry, and once where the initial ones end. Deletes are left out here, by the client's own rule (`DEL` and
 * not `PURGE`), so that all that the server sent can be counted.
 */
async function follow(
  link: Link,
  { watch, include = 'latest', ignoreDeletes = false }: KvWatch,
  entries: QueuedIterator<KvWatchEntry>,
): Promise<Watch> {
  const consumer = consumerOf(entries);
  // A watch of updates alone has no initial values, and no end of them.
  const initial = include === 'updates' ? -1 : (await consumer.initial()).num_pending;
  let seen = 0;
  const tellIfInitialDone = (): void => {
    if (seen === initial) link.tell({ kind: 'watch', watch, update: 'initial-done' });
  };
  const read = async (): Promise<void> => {
    tellIfInitialDone();
    for await (const entry of entries) {
      seen += 1;
      const isHidden = ignoreDeletes && entry.operation === 'DEL';
      if (!isHidden) link.tell({ kind: 'watch', watch, update: entryOf(entry) });
      tellIfInitialDone();
    }
  };
  read().catch(() => undefined);
  return {
    stop: () => entries.stop(),
    async isUpToDate() {
      const { num_pending, delivered } = await consumer.current();
      return num_pending === 0 && delivered.consumer_seq === seen;
    },
  };
}
