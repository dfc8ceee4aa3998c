import { expiryWindow } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'Values expire when they are due',
  rows: [
    {
      id: 'KV-019',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-43.md',
      requires: ['kv-ttl'],
      checks: [expiryWindow()],
    },
  ],
  parameters: { keys: 3, ttlMs: 2_000 },
  small: { keys: 5, ttlMs: 2_000 },
  slow: { keys: 5, ttlMs: 12_000 },
  needsMs: 6_000,

  async run({ parameters, open, settle, sleep }) {
    const bucket = 'expiring';
    const writer = await open('writer');
    const other = await open('other');
    const reader = await open('reader');
    for (const session of [writer, other, reader]) await session['kv.open']({ bucket, ttlMs: parameters.ttlMs });

    const keys = range(parameters.keys).map((k) => `key-${k}`);
    for (const key of keys) await writer['kv.put']({ bucket, key, value: utf8(`value of ${key}`) });
    await sleep(parameters.ttlMs / 2);
    for (const key of keys) await reader['kv.get']({ bucket, key });
    await sleep(parameters.ttlMs / 2 + 1_500);
    for (const key of keys) await reader['kv.get']({ bucket, key });
    for (const key of keys) await other['kv.get']({ bucket, key });
    await settle();
  },
});
