import { watchOptions } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'A watch can begin with history, with updates or after a revision, and leave out deletes and values',
  rows: [
    {
      id: 'KV-017',
      level: 'SHOULD',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-watch-options'],
      checks: [watchOptions()],
    },
  ],
  parameters: { keys: 3, values: 3 },
  small: { keys: 2, values: 4 },

  async run({ parameters, open, settle }) {
    const bucket = 'options';
    const watcher = await open('watcher');
    const writer = await open('writer');
    const other = await open('other');
    for (const session of [watcher, writer, other]) await session['kv.open']({ bucket, history: 5 });

    for (const n of range(parameters.values)) {
      for (const k of range(parameters.keys)) {
        await writer['kv.put']({ bucket, key: `key-${k}`, value: utf8(`${k} ${n}`) });
      }
    }
    const middle = await writer['kv.put']({ bucket, key: 'middle', value: utf8('middle') });
    await other['kv.delete']({ bucket, key: 'key-0' });

    await watcher.watch({ bucket, include: 'history' });
    await watcher.watch({ bucket, include: 'updates' });
    await watcher.watch({ bucket, ignoreDeletes: true });
    await watcher.watch({ bucket, metaOnly: true });
    await watcher.watch({ bucket, resumeFromRevision: middle?.revision ?? 1 });
    await settle();

    for (const k of range(parameters.keys))
      await writer['kv.put']({ bucket, key: `key-${k}`, value: utf8(`live ${k}`) });
    await other['kv.delete']({ bucket, key: 'key-1' });
    await settle();
  },
});
