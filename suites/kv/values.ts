import { missingKey, valuesIntact } from '#checkers';
import { base64, range, scenario, utf8 } from '#core';

/** Nothing, text of every kind, JSON, bytes that are no text, zeros at the end. */
const values = [
  ...['', 'text', '{"a":1}', '[1]', 'zero \u0000 byte', 'grüße 🚀'].map((text) => utf8(text)),
  base64(Uint8Array.from(range(256))),
  base64(Uint8Array.from([1, 0, 0, 0])),
];

export default scenario({
  title: 'Any bytes can be stored and read back, and a key that nobody wrote reads as nothing',
  rows: [
    {
      id: 'KV-001',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/jetstream/key-value-store',
      requires: ['kv-values'],
      checks: [valuesIntact()],
    },
    {
      id: 'KV-003',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/jetstream/key-value-store',
      requires: ['kv-values'],
      checks: [missingKey()],
    },
  ],
  parameters: { readers: 2 },
  small: { readers: 2 },

  async run({ parameters, open, settle }) {
    const bucket = 'values';
    const writer = await open('writer');
    await writer['kv.open']({ bucket });
    for (const [n, value] of values.entries()) await writer['kv.put']({ bucket, key: `key-${n}`, value });

    for (const i of range(parameters.readers)) {
      const reader = await open(`reader-${i}`);
      await reader['kv.open']({ bucket });
      for (const n of range(values.length)) await reader['kv.get']({ bucket, key: `key-${n}` });
      await reader['kv.get']({ bucket, key: 'never-written' });
    }
    await settle();
  },
});
