import { watchFilters } from '#checkers';
import { range, scenario, utf8 } from '#core';

export default scenario({
  title: 'A watch filters keys by wildcards',
  rows: [
    {
      id: 'KV-016',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-watch-wildcard'],
      checks: [watchFilters()],
    },
  ],
  parameters: { agents: 6 },
  small: { agents: 5 },

  async run({ parameters, open, settle }) {
    const bucket = 'agents';
    const watcher = await open('watcher');
    const writer = await open('writer');
    const other = await open('other');
    for (const session of [watcher, writer, other]) await session['kv.open']({ bucket });
    for (const filters of [['agent.*.state'], ['agent.>'], ['*.0.*', 'task.>'], ['agent.*.state', 'none']]) {
      await watcher.watch({ bucket, filters });
    }
    await settle();

    for (const k of range(parameters.agents)) {
      await writer['kv.put']({ bucket, key: `agent.${k}.state`, value: utf8(`state ${k}`) });
      await other['kv.put']({ bucket, key: `agent.${k}.load`, value: utf8(`load ${k}`) });
      await writer['kv.put']({ bucket, key: `task.${k}`, value: utf8(`task ${k}`) });
    }
    await settle();
  },
});
