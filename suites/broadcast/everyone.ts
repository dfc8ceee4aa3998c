import { delivery, noDuplicates } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'Every connected subscriber receives once',
  rows: [
    {
      id: 'BC-001',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/pubsub',
      requires: ['broadcast'],
      checks: [delivery({ tests: 'broadcast' }), noDuplicates({ tests: 'broadcast' })],
    },
  ],
  parameters: { subscribers: 100, messages: 3 },
  small: { subscribers: 4, messages: 12 },

  async run({ parameters, open, subject, settle }) {
    const news = subject('broadcast', 'news');

    await Promise.all(
      range(parameters.subscribers).map(async (i) => {
        const subscriber = await open(`subscriber-${i}`);
        await subscriber.subscribe({ pattern: news });
        await subscriber.flush();
      }),
    );
    const publisher = await open('publisher');
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: news });
    await settle();
  },
});
