import { interestOnly } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A message to a group without members is dropped',
  rows: [
    {
      id: 'QG-008',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/queue',
      requires: ['interest-only'],
      checks: [interestOnly()],
    },
  ],
  parameters: { members: 3, messages: 50 },
  small: { members: 2, messages: 18 },

  async run({ parameters, open, subject, settle }) {
    const work = subject('work', 'nobody');
    const publisher = await open('publisher');
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: work });
    await publisher.flush();
    await settle();

    for (const i of range(parameters.members)) {
      const member = await open(`member-${i}`);
      await member.subscribe({ pattern: work, queue: 'workers' });
      await member.flush();
    }
    await settle();
  },
});
