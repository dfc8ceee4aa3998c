import { overlappingCopies } from '#checkers';
import { patternOf, range, scenario } from '#core';

export default scenario({
  title: 'Each of several matching subscriptions of one session gets its copy',
  rows: [
    {
      id: 'PUB-011',
      level: 'SHOULD',
      source: 'https://docs.nats.io/nats-concepts/subjects',
      requires: ['overlapping-subscriptions'],
      checks: [overlappingCopies()],
    },
  ],
  parameters: { subscribers: 3, messages: 20 },
  small: { subscribers: 2, messages: 12 },

  async run({ parameters, open, subject, settle }) {
    const ready = subject('agent', 'overlap');
    const oneToken = patternOf(ready.replace(/[^.]+$/, '*'));
    const anyTokens = patternOf(ready.replace(/[^.]+$/, '>'));

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      for (const pattern of [ready, oneToken, anyTokens]) await subscriber.subscribe({ pattern });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: ready });
    await settle();
  },
});
