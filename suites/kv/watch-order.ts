import { watchComplete, watchOrder } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'A watch tells every update of all keys in the order of revisions',
  rows: [
    {
      id: 'KV-013',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-watch-order'],
      checks: [watchComplete(), watchOrder()],
    },
  ],
  parameters: { writers: 2, keys: 3, rounds: 10 },
  small: { writers: 2, keys: 3, rounds: 3 },

  async run({ parameters, open, settle }) {
    const bucket = 'watched';
    const watcher = await open('watcher');
    // NATS drops a value that leaves the history before a watch came to it, as a quick overwrite makes it.
    const limits = { bucket, history: parameters.writers * parameters.rounds };
    await watcher['kv.open'](limits);
    await watcher.watch({ bucket });
    await settle();

    await Promise.all(
      range(parameters.writers).map(async (i) => {
        const writer = await open(`writer-${i}`);
        await writer['kv.open'](limits);
        for (const round of range(parameters.rounds)) {
          for (const k of range(parameters.keys)) {
            await writer['kv.put']({ bucket, key: `key-${k}`, value: utf8(`${i} ${round} ${k}`) });
          }
        }
      }),
    );
    await settle();
  },
});
