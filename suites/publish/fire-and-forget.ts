import { fireAndForget } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'Publish does not wait for receivers',
  rows: [
    {
      id: 'PUB-015',
      level: 'SHOULD',
      source: 'https://docs.nats.io/nats-concepts/core-nats/pubsub',
      requires: ['fire-and-forget'],
      checks: [fireAndForget()],
    },
  ],
  parameters: { subscribers: 2, messages: 20, takesMs: 1_000 },
  small: { subscribers: 2, messages: 16, takesMs: 1_000 },

  async run({ parameters, open, subject, settle }) {
    const events = subject('agent', 'slow');

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      // Only the first message is handled: the act is about the publisher.
      await subscriber.subscribe({ pattern: events, max: 1, handling: { takesMs: parameters.takesMs } });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: events });
    await settle();
  },
});
