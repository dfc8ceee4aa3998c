import { historyDepth } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'As many values are kept per key as the bucket says',
  rows: [
    {
      id: 'KV-011',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-history'],
      checks: [historyDepth()],
    },
  ],
  parameters: { depths: [1, 3, 10], values: 12 },
  small: { depths: [1, 3], values: 8 },

  async run({ parameters, open, settle }) {
    const writer = await open('writer');
    const other = await open('other');
    const reader = await open('reader');

    for (const history of parameters.depths) {
      const bucket = `depth-${history}`;
      for (const session of [writer, other, reader]) await session['kv.open']({ bucket, history });
      for (const n of range(parameters.values)) {
        await (n % 2 === 0 ? writer : other)['kv.put']({ bucket, key: 'key', value: utf8(`value ${n}`) });
      }
      await reader['kv.history']({ bucket, key: 'key' });
    }
    await settle();
  },
});
