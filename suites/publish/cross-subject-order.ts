import { crossSubjectOrder } from '#checkers';
import { patternOf, range, scenario, subjectOf } from '#core';

export default scenario({
  title: 'Messages of one publisher keep their order across its subjects',
  rows: [
    {
      id: 'PUB-005',
      level: 'SHOULD',
      source: 'https://docs.nats.io/reference/faq',
      requires: ['cross-subject-order'],
      checks: [crossSubjectOrder()],
    },
  ],
  parameters: { subscribers: 3, messages: 200 },
  small: { subscribers: 2, messages: 20 },

  async run({ parameters, open, subject, settle }) {
    const ready = subject('agent', 'order');
    const busy = subjectOf(ready.replace(/[^.]+$/, 'busy'));
    const both = patternOf(ready.replace(/[^.]+$/, '*'));

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: both });
      await subscriber.flush();
    }

    const publisher = await open('publisher');
    for (const i of range(parameters.messages)) await publisher.publish({ subject: i % 2 === 0 ? ready : busy });

    await settle();
  },
});
