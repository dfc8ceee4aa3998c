import { watchUnchanged } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'A watch tells a put that changes nothing',
  rows: [
    {
      id: 'KV-014',
      level: 'SHOULD',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-watch-order'],
      checks: [watchUnchanged()],
    },
  ],
  parameters: { keys: 3, puts: 4 },
  small: { keys: 3, puts: 6 },

  async run({ parameters, open, settle }) {
    const bucket = 'heartbeats';
    const watcher = await open('watcher');
    // NATS drops a value that leaves the history before a watch came to it, as a quick overwrite makes it.
    const limits = { bucket, history: parameters.puts };
    await watcher['kv.open'](limits);
    await watcher.watch({ bucket });
    await settle();

    for (const k of range(parameters.keys)) {
      const writer = await open(`writer-${k}`);
      await writer['kv.open'](limits);
      for (const _ of range(parameters.puts)) {
        await writer['kv.put']({ bucket, key: `key-${k}`, value: utf8('alive') });
      }
    }
    await settle();
  },
});
