import { bucketRevisions } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'Revisions grow over all keys of a bucket',
  rows: [
    {
      id: 'KV-008',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-bucket-revision'],
      checks: [bucketRevisions()],
    },
  ],
  parameters: { writers: 3, keys: 3, rounds: 10 },
  small: { writers: 3, keys: 3, rounds: 3 },

  async run({ parameters, open, settle }) {
    const bucket = 'revisions';
    const writers = await Promise.all(range(parameters.writers).map((i) => open(`writer-${i}`)));
    for (const writer of writers) await writer['kv.open']({ bucket });

    await Promise.all(
      writers.map(async (writer) => {
        for (const round of range(parameters.rounds)) {
          for (const k of range(parameters.keys)) {
            await writer['kv.put']({ bucket, key: `key-${k}`, value: utf8(`${writer.id} ${round}`) });
          }
        }
      }),
    );
    await settle();
  },
});
