import { delivery } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A broadcast has more than fifteen hundred recipients',
  rows: [
    {
      id: 'BC-002',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/pubsub',
      requires: ['broadcast-scale'],
      checks: [delivery({ tests: 'broadcast-scale' })],
    },
  ],
  parameters: { subscribers: 1_501, messages: 1 },
  needsMs: 600_000,
  small: { subscribers: 12, messages: 2 },
  tags: ['scale'],

  async run({ parameters, open, subject, settle }) {
    const news = subject('broadcast', 'crowd');

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
