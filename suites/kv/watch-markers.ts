import { watchMarkers } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'A watch tells deletes, purges and expiries',
  rows: [
    {
      id: 'KV-015',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-43.md',
      requires: ['kv-delete-marker', 'kv-key-ttl'],
      checks: [watchMarkers()],
    },
  ],
  parameters: { keys: 3, ttlMs: 1_000 },
  small: { keys: 4, ttlMs: 1_000 },
  needsMs: 5_000,

  async run({ parameters, open, settle, sleep }) {
    const bucket = 'markers';
    const watcher = await open('watcher');
    const writer = await open('writer');
    const other = await open('other');
    for (const session of [watcher, writer, other]) await session['kv.open']({ bucket, markerTtlMs: 10_000 });
    await watcher.watch({ bucket });
    await settle();

    for (const k of range(parameters.keys)) {
      await writer['kv.put']({ bucket, key: `deleted-${k}`, value: utf8('value') });
      await other['kv.delete']({ bucket, key: `deleted-${k}` });
      await writer['kv.put']({ bucket, key: `purged-${k}`, value: utf8('value') });
      await other['kv.purge']({ bucket, key: `purged-${k}` });
    }
    await writer['kv.create']({ bucket, key: 'expires', value: utf8('value'), ttlMs: parameters.ttlMs });
    await sleep(parameters.ttlMs + 1_500);
    await settle();
  },
});
