import { purgeMarker } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'A purge removes the history of a key and leaves one marker',
  rows: [
    {
      id: 'KV-010',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-purge'],
      checks: [purgeMarker()],
    },
  ],
  parameters: { keys: 5, values: 3 },
  small: { keys: 4, values: 3 },

  async run({ parameters, open, settle }) {
    const bucket = 'purged';
    const writer = await open('writer');
    const other = await open('other');
    const reader = await open('reader');
    for (const session of [writer, other, reader]) await session['kv.open']({ bucket, history: 5 });

    for (const k of range(parameters.keys)) {
      const key = `key-${k}`;
      for (const n of range(parameters.values)) await writer['kv.put']({ bucket, key, value: utf8(`${k} ${n}`) });
      await other['kv.purge']({ bucket, key });
      await reader['kv.history']({ bucket, key });
    }
    await settle();
  },
});
