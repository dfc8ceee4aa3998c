import { delivery } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'One message reaches a thousand subscriptions',
  rows: [
    {
      id: 'PUB-018',
      level: 'SHOULD',
      source: 'https://docs.nats.io/nats-concepts/core-nats/pubsub',
      requires: ['fan-out'],
      checks: [delivery({ tests: 'fan-out' })],
    },
  ],
  parameters: { subscribers: 1_000, messages: 2 },
  needsMs: 600_000,
  small: { subscribers: 12, messages: 2 },
  tags: ['scale'],

  async run({ parameters, open, subject, settle }) {
    const events = subject('agent', 'fan');

    await Promise.all(
      range(parameters.subscribers).map(async (i) => {
        const subscriber = await open(`subscriber-${i}`);
        await subscriber.subscribe({ pattern: events });
        await subscriber.flush();
      }),
    );
    const publisher = await open('publisher');
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: events });
    await settle();
  },
});
