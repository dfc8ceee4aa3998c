import { keysListing } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'Listing keys leaves deleted ones out, also where there are thousands',
  rows: [
    {
      id: 'KV-018',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-keys'],
      checks: [keysListing()],
    },
  ],
  parameters: { keys: 5_000 },
  needsMs: 600_000,
  small: { keys: 12 },
  tags: ['scale'],

  async run({ parameters, open, settle }) {
    const bucket = 'listed';
    const writer = await open('writer');
    const other = await open('other');
    const reader = await open('reader');
    for (const session of [writer, other, reader]) await session['kv.open']({ bucket });

    await Promise.all(
      range(parameters.keys).map((k) =>
        writer['kv.put']({ bucket, key: `kind-${k % 3}.key-${k}`, value: utf8(`${k}`) }),
      ),
    );
    await Promise.all(
      range(parameters.keys / 2).map((k) => other['kv.delete']({ bucket, key: `kind-${(2 * k) % 3}.key-${2 * k}` })),
    );
    await reader['kv.keys']({ bucket });
    await reader['kv.keys']({ bucket, filters: ['kind-1.*'] });
    await settle();
  },
});
