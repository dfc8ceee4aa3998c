import { autoUnsubscribe } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A subscription ends by itself after a number of messages',
  rows: [
    {
      id: 'PUB-010',
      level: 'MUST',
      source: 'https://docs.nats.io/using-nats/developer/receiving/unsubscribing',
      requires: ['auto-unsubscribe'],
      checks: [autoUnsubscribe()],
    },
  ],
  parameters: { subscribers: 3, max: 2, messages: 20 },
  small: { subscribers: 2, max: 2, messages: 16 },

  async run({ parameters, open, subject, settle }) {
    const events = subject('agent', 'limited');

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: events, max: parameters.max });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: events });
    await settle();
  },
});
