import { compareAndSet } from '#checkers';
import { range, scenario, utf8 } from '#core';

const source = 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md';

export default scenario({
  title: 'Of concurrent creates and updates of a key, one wins and the others are told',
  rows: [
    {
      id: 'KV-005',
      level: 'MUST',
      source,
      requires: ['kv-compare-and-set'],
      checks: [compareAndSet({ keys: 'created-' })],
    },
    {
      id: 'KV-006',
      level: 'MUST',
      source,
      requires: ['kv-compare-and-set'],
      checks: [compareAndSet({ keys: 'updated-' })],
    },
  ],
  parameters: { writers: 8, keys: 4 },
  small: { writers: 4, keys: 3 },

  async run({ parameters, open, settle }) {
    const bucket = 'agents';
    const writers = await Promise.all(range(parameters.writers).map((i) => open(`writer-${i}`)));
    for (const writer of writers) await writer['kv.open']({ bucket });

    for (const k of range(parameters.keys)) {
      const key = `created-${k}`;
      await Promise.all(writers.map((writer) => writer['kv.create']({ bucket, key, value: utf8(`by ${writer.id}`) })));
      await Promise.all(writers.map((writer) => writer['kv.get']({ bucket, key })));
    }

    for (const k of range(parameters.keys)) {
      const key = `updated-${k}`;
      const put = await writers[0]?.['kv.put']({ bucket, key, value: utf8('before') });
      const revision = put?.revision ?? 0;
      await Promise.all(
        writers.map((writer) => writer['kv.update']({ bucket, key, value: utf8(`by ${writer.id}`), revision })),
      );
      await Promise.all(writers.map((writer) => writer['kv.get']({ bucket, key })));
    }

    await settle();
  },
});
