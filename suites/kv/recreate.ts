import { createAfterExpiry } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'A key that has expired can be created as one that was never there',
  rows: [
    {
      id: 'KV-021',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-43.md',
      requires: ['kv-ttl'],
      checks: [createAfterExpiry()],
    },
  ],
  parameters: { keys: 3, ttlMs: 1_000 },
  small: { keys: 9, ttlMs: 1_000 },
  needsMs: 5_000,

  async run({ parameters, open, settle, sleep }) {
    const bucket = 'recreated';
    const writer = await open('writer');
    const other = await open('other');
    const reader = await open('reader');
    for (const session of [writer, other, reader]) await session['kv.open']({ bucket, ttlMs: parameters.ttlMs });

    const keys = range(parameters.keys).map((k) => `key-${k}`);
    for (const key of keys) await writer['kv.create']({ bucket, key, value: utf8(`first ${key}`) });
    await sleep(parameters.ttlMs + 1_500);
    for (const key of keys) await other['kv.create']({ bucket, key, value: utf8(`second ${key}`) });
    for (const key of keys) await reader['kv.get']({ bucket, key });
    await settle();
  },
});
