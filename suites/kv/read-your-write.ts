import { readYourWrites } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'A session reads what it has written',
  rows: [
    {
      id: 'KV-004',
      level: 'SHOULD',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-read-your-write'],
      checks: [readYourWrites()],
    },
  ],
  parameters: { writers: 3, rounds: 20 },
  small: { writers: 3, rounds: 6 },

  async run({ parameters, open, settle }) {
    const bucket = 'own';
    for (const i of range(parameters.writers)) {
      const writer = await open(`writer-${i}`);
      await writer['kv.open']({ bucket, history: 2 });
      for (const n of range(parameters.rounds)) {
        await writer['kv.put']({ bucket, key: `key-${i}`, value: utf8(`${i} ${n}`) });
        await writer['kv.get']({ bucket, key: `key-${i}` });
      }
    }
    await settle();
  },
});
