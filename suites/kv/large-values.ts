import { valuesIntact } from '#checkers';
import { base64, range, scenario } from '#core';

/** Around what an item of DynamoDB holds, and what NATS takes less its own headers. */
const sizes = [1_000, 399_000, 409_600, 1_000_000];

/** Of these only the last is more than an item holds: a schedule is to be short. */
const smallSizes = [1, 10, 1_000, 409_600];

export default scenario({
  title: 'Values of up to a mebibyte can be stored',
  rows: [
    {
      id: 'KV-002',
      level: 'MUST',
      source: 'https://docs.nats.io/reference/reference-protocols/nats-protocol#info',
      requires: ['kv-large-values'],
      checks: [valuesIntact({ tests: 'kv-large-values' })],
    },
  ],
  parameters: { writers: 1, sizes },
  small: { writers: 3, sizes: smallSizes },

  async run({ parameters, open, settle }) {
    const bucket = 'large';
    for (const i of range(parameters.writers)) {
      const writer = await open(`writer-${i}`);
      await writer['kv.open']({ bucket });
      for (const bytes of parameters.sizes) {
        const key = `key-${i}-${bytes}`;
        await writer['kv.put']({ bucket, key, value: base64(new Uint8Array(bytes).fill(i + 1)) });
        await writer['kv.get']({ bucket, key });
      }
    }
    await settle();
  },
});
