import { failover } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'When a member crashes or leaves, the others take over',
  rows: [
    {
      id: 'QG-006',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/queue',
      requires: ['queue-group-failover'],
      checks: [failover()],
    },
  ],
  parameters: { members: 4, messages: 100 },
  small: { members: 4, messages: 10 },

  async run({ parameters, open, subject, settle }) {
    const work = subject('work', 'failover');
    const publisher = await open('publisher');
    const members = await Promise.all(range(parameters.members).map((i) => open(`member-${i}`)));
    for (const member of members) {
      await member.subscribe({ pattern: work, queue: 'workers' });
      await member.flush();
    }

    for (const _ of range(parameters.messages)) await publisher.publish({ subject: work });
    await settle();
    await members[0]?.crash();
    await settle();
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: work });
    await settle();
    await members[1]?.close();
    await settle();
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: work });
    await settle();
  },
});
