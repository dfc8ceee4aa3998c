import { interestOnly } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A message that nobody subscribes to disappears',
  rows: [
    {
      id: 'PUB-006',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/subjects',
      requires: ['interest-only'],
      checks: [interestOnly()],
    },
  ],
  parameters: { subscribers: 3, messages: 50 },
  small: { subscribers: 2, messages: 20 },

  async run({ parameters, open, subject, settle }) {
    const unheard = subject('agent', 'unheard');

    const publisher = await open('publisher');
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: unheard });
    await publisher.flush();
    await settle();

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: unheard });
      await subscriber.flush();
    }
    await settle();
  },
});
