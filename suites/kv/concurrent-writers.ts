import { concurrentWriters } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'Writers that ask for no revision meet no errors',
  rows: [
    {
      id: 'KV-024',
      level: 'SHOULD',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-concurrent-writers'],
      checks: [concurrentWriters()],
    },
  ],
  parameters: { writers: 100, puts: 3 },
  small: { writers: 6, puts: 4 },

  async run({ parameters, open, settle }) {
    const bucket = 'crowded';
    const writers = await Promise.all(range(parameters.writers).map((i) => open(`writer-${i}`)));
    for (const writer of writers) await writer['kv.open']({ bucket });

    await Promise.all(
      writers.map(async (writer, i) => {
        for (const n of range(parameters.puts)) {
          await writer['kv.put']({ bucket, key: `key-${i % 3}`, value: utf8(`${writer.id} ${n}`) });
        }
      }),
    );
    await settle();
  },
});
