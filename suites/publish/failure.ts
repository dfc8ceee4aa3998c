import { publishFailureTold } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A publish that reaches nobody is not reported as done',
  rows: [
    {
      id: 'PUB-016',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/pubsub',
      requires: ['publish-failure'],
      checks: [publishFailureTold()],
    },
  ],
  parameters: { subscribers: 2, messages: 100 },
  small: { subscribers: 2, messages: 20 },

  async run({ parameters, open, subject, settle }) {
    const events = subject('agent', 'told');

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: events });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    await Promise.all(range(parameters.messages).map(() => publisher.publish({ subject: events })));
    await settle();
  },
});
