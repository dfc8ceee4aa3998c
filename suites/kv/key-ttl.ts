import { expiryWindow } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'A created key may have a time to live of its own, and a put value has none',
  rows: [
    {
      id: 'KV-020',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-48.md',
      requires: ['kv-key-ttl'],
      checks: [expiryWindow({ tests: 'kv-key-ttl' })],
    },
  ],
  parameters: { keys: 3, ttlMs: 2_000 },
  small: { keys: 4, ttlMs: 2_000 },
  slow: { keys: 4, ttlMs: 12_000 },
  needsMs: 6_000,

  async run({ parameters, open, settle, sleep }) {
    const bucket = 'key-ttl';
    const writer = await open('writer');
    const other = await open('other');
    const reader = await open('reader');
    for (const session of [writer, other, reader]) await session['kv.open']({ bucket, markerTtlMs: 1_000 });

    const keys = range(parameters.keys).map((k) => `key-${k}`);
    for (const key of keys) {
      await writer['kv.create']({ bucket, key, value: utf8(`brief ${key}`), ttlMs: parameters.ttlMs });
      await other['kv.put']({ bucket, key: `${key}-lasting`, value: utf8(`lasting ${key}`) });
    }
    for (const waitMs of [parameters.ttlMs / 2, parameters.ttlMs / 2 + 1_500]) {
      await sleep(waitMs);
      for (const key of keys) {
        await reader['kv.get']({ bucket, key });
        await reader['kv.get']({ bucket, key: `${key}-lasting` });
      }
    }
    await settle();
  },
});
