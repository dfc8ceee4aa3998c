import { deleteMarker } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'A delete leaves a marker in the history of its key',
  rows: [
    {
      id: 'KV-009',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-delete-marker'],
      checks: [deleteMarker()],
    },
  ],
  parameters: { keys: 5 },
  small: { keys: 6 },

  async run({ parameters, open, settle }) {
    const bucket = 'deleted';
    const writer = await open('writer');
    const other = await open('other');
    const reader = await open('reader');
    for (const session of [writer, other, reader]) await session['kv.open']({ bucket, history: 3 });

    for (const k of range(parameters.keys)) {
      const key = `key-${k}`;
      await writer['kv.put']({ bucket, key, value: utf8(`value ${k}`) });
      await other['kv.delete']({ bucket, key });
      await reader['kv.history']({ bucket, key });
    }
    await settle();
  },
});
