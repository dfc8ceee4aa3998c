import { compareAndSet } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'Of writers that each change a part of one value, none loses what another wrote',
  rows: [
    {
      id: 'KV-025',
      level: 'SHOULD',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-compare-and-set'],
      checks: [compareAndSet()],
    },
  ],
  parameters: { writers: 3, rounds: 8 },
  small: { writers: 3, rounds: 3 },

  async run({ parameters, open, settle }) {
    const bucket = 'state';
    const key = 'agent';
    const writers = await Promise.all(range(parameters.writers).map((i) => open(`writer-${i}`)));
    for (const writer of writers) await writer['kv.open']({ bucket });
    await writers[0]?.['kv.create']({ bucket, key, value: utf8('') });

    // Read, change, write at the revision that was read; a conflict is the next round's concern.
    await Promise.all(
      writers.map(async (writer) => {
        for (const round of range(parameters.rounds)) {
          const entry = await writer['kv.get']({ bucket, key });
          const value = utf8(`${writer.id} ${round} after ${entry?.revision ?? 'nothing'}`);
          await writer['kv.update']({ bucket, key, value, revision: entry?.revision ?? 0 });
        }
      }),
    );
    await settle();
  },
});
