import { subscribeBarrier } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A subscription is active once flush has returned',
  rows: [
    {
      id: 'PUB-008',
      level: 'MUST',
      source: 'https://docs.nats.io/reference/reference-protocols/nats-protocol',
      requires: ['subscribe-barrier'],
      checks: [subscribeBarrier()],
    },
  ],
  parameters: { subscribers: 10, messages: 5 },
  small: { subscribers: 4, messages: 4 },

  async run({ parameters, open, subject, settle }) {
    const publisher = await open('publisher');
    await publisher.flush();

    for (const i of range(parameters.subscribers)) {
      const own = subject('agent', `barrier-${i}`);
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: own });
      await subscriber.flush();
      for (const _ of range(parameters.messages)) await publisher.publish({ subject: own });
    }
    await settle();
  },
});
