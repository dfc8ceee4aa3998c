import { sameOrder } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'All receivers see the messages of a publisher in one order',
  rows: [
    {
      id: 'BC-005',
      level: 'SHOULD',
      source: 'https://docs.nats.io/reference/faq',
      requires: ['broadcast-order'],
      checks: [sameOrder()],
    },
  ],
  parameters: { subscribers: 5, messages: 50 },
  small: { subscribers: 3, messages: 14 },

  async run({ parameters, open, subject, settle }) {
    const news = subject('broadcast', 'order');

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: news });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: news });
    await settle();
  },
});
