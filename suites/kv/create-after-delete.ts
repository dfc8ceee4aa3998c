import { compareAndSet } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'A key that was deleted or purged can be created again, once',
  rows: [
    {
      id: 'KV-007',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-compare-and-set'],
      checks: [compareAndSet()],
    },
  ],
  parameters: { writers: 5, rounds: 4 },
  small: { writers: 3, rounds: 2 },

  async run({ parameters, open, settle }) {
    const bucket = 'again';
    const writers = await Promise.all(range(parameters.writers).map((i) => open(`writer-${i}`)));
    for (const writer of writers) await writer['kv.open']({ bucket });

    const [first] = writers;
    for (const round of range(parameters.rounds)) {
      for (const key of ['deleted', 'purged']) {
        await Promise.all(
          writers.map((writer) => writer['kv.create']({ bucket, key, value: utf8(`${writer.id} ${round}`) })),
        );
      }
      await first?.['kv.delete']({ bucket, key: 'deleted' });
      await first?.['kv.purge']({ bucket, key: 'purged' });
      for (const key of ['deleted', 'purged']) await first?.['kv.get']({ bucket, key });
    }
    await settle();
  },
});
