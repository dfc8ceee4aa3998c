import { unsubscribeBarrier } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'After unsubscribe has returned nothing is delivered',
  rows: [
    {
      id: 'PUB-009',
      level: 'MUST',
      source: 'https://docs.nats.io/using-nats/developer/receiving/unsubscribing',
      requires: ['unsubscribe-barrier'],
      checks: [unsubscribeBarrier()],
    },
  ],
  parameters: { subscribers: 3, before: 20, after: 20 },
  small: { subscribers: 2, before: 8, after: 8 },

  async run({ parameters, open, subject, settle }) {
    const events = subject('agent', 'leaving');
    const publisher = await open('publisher');

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      const subscription = await subscriber.subscribe({ pattern: events });
      await subscriber.flush();
      for (const _ of range(parameters.before)) await publisher.publish({ subject: events });
      await subscriber.unsubscribe({ subscription });
      for (const _ of range(parameters.after)) await publisher.publish({ subject: events });
    }
    await settle();
  },
});
