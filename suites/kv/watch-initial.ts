import { watchInitial } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'A watch begins with the present values and says where they end, also where there are none',
  rows: [
    {
      id: 'KV-012',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-watch-initial'],
      checks: [watchInitial()],
    },
  ],
  parameters: { keys: 3, values: 3 },
  small: { keys: 3, values: 4 },

  async run({ parameters, open, settle }) {
    const writer = await open('writer');
    const watcher = await open('watcher');
    const other = await open('other');
    for (const bucket of ['empty', 'full']) {
      for (const session of [writer, watcher, other]) await session['kv.open']({ bucket });
    }
    for (const n of range(parameters.values)) {
      for (const k of range(parameters.keys)) {
        await writer['kv.put']({ bucket: 'full', key: `key-${k}`, value: utf8(`${k} ${n}`) });
      }
    }
    for (const bucket of ['empty', 'full']) await watcher.watch({ bucket });
    await other.watch({ bucket: 'full', filters: ['key-1', 'none'] });
    await settle();
  },
});
