import { scaleUp } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A member that joins takes part at once',
  rows: [
    {
      id: 'QG-011',
      level: 'SHOULD',
      source: 'https://docs.nats.io/nats-concepts/core-nats/queue',
      requires: ['queue-group-failover'],
      checks: [scaleUp()],
    },
  ],
  parameters: { members: 2, before: 20, after: 200 },
  small: { members: 1, before: 5, after: 60 },

  async run({ parameters, open, subject, settle }) {
    const work = subject('work', 'scale');
    const publisher = await open('publisher');
    const join = async (name: string) => {
      const member = await open(name);
      await member.subscribe({ pattern: work, queue: 'workers' });
      await member.flush();
    };

    for (const i of range(parameters.members)) await join(`member-${i}`);
    for (const _ of range(parameters.before)) await publisher.publish({ subject: work });
    await join('newcomer');
    for (const _ of range(parameters.after)) await publisher.publish({ subject: work });
    await settle();
  },
});
