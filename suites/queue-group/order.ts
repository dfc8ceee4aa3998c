import { perPublisherOrder } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'The order of one publisher holds within what a member receives',
  rows: [
    {
      id: 'QG-010',
      level: 'SHOULD',
      source: 'https://docs.nats.io/reference/faq',
      requires: ['queue-group-order'],
      checks: [perPublisherOrder({ tests: 'queue-group-order' })],
    },
  ],
  parameters: { members: 3, publishers: 2, messages: 100 },
  small: { members: 2, publishers: 2, messages: 12 },

  async run({ parameters, open, subject, settle }) {
    const work = subject('work', 'order');

    for (const i of range(parameters.members)) {
      const member = await open(`member-${i}`);
      await member.subscribe({ pattern: work, queue: 'workers' });
      await member.flush();
    }
    await Promise.all(
      range(parameters.publishers).map(async (i) => {
        const publisher = await open(`publisher-${i}`);
        for (const _ of range(parameters.messages)) await publisher.publish({ subject: work });
      }),
    );
    await settle();
  },
});
