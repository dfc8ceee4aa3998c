import { delivery, noDuplicates, perPublisherOrder } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'Every subscription gets each message once, in the order in which its publisher sent them',
  rows: [
    {
      id: 'PUB-001',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/pubsub',
      requires: ['delivery'],
      checks: [delivery()],
    },
    {
      id: 'PUB-002',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/what-is-nats',
      requires: ['no-duplicates'],
      checks: [noDuplicates()],
    },
    {
      id: 'PUB-003',
      level: 'MUST',
      source: 'https://docs.nats.io/reference/faq',
      requires: ['per-publisher-order'],
      checks: [perPublisherOrder()],
    },
  ],
  parameters: { subscribers: 3, publishers: 2, messagesPerPublisher: 50 },
  small: { subscribers: 2, publishers: 2, messagesPerPublisher: 10 },

  async run({ parameters, open, subject, settle }) {
    const events = subject('agent', 'events');

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: events });
      await subscriber.flush();
    }

    await Promise.all(
      range(parameters.publishers).map(async (i) => {
        const publisher = await open(`publisher-${i}`);
        for (const _ of range(parameters.messagesPerPublisher)) {
          await publisher.publish({ subject: events });
        }
      }),
    );

    await settle();
  },
});
