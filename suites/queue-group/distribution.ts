import { distribution } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'Messages spread over the members of a group',
  rows: [
    {
      id: 'QG-002',
      level: 'SHOULD',
      source: 'https://docs.nats.io/nats-concepts/core-nats/queue',
      requires: ['queue-group-distribution'],
      checks: [distribution()],
    },
  ],
  parameters: { members: 4, messages: 400 },
  small: { members: 2, messages: 60 },

  async run({ parameters, open, subject, settle }) {
    const work = subject('work', 'spread');

    for (const i of range(parameters.members)) {
      const member = await open(`member-${i}`);
      await member.subscribe({ pattern: work, queue: 'workers' });
      await member.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: work });
    await settle();
  },
});
