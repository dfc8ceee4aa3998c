import { filterMatching } from '#checkers';
import { range, scenario, subjectOf } from '#core';

export default scenario({
  title: 'A session has as many filters as it needs: 301, one more than a bus has rules',
  rows: [
    {
      id: 'SUBJ-014',
      level: 'SHOULD',
      source: 'https://docs.nats.io/nats-concepts/subjects',
      requires: ['subject-limits'],
      checks: [filterMatching({ tests: 'subject-limits' })],
    },
  ],
  parameters: { subscribers: 3, filters: 301, rounds: 3 },
  small: { subscribers: 2, filters: 12, rounds: 4 },
  tags: ['scale'],

  async run({ parameters, open, subject, settle }) {
    const ready = subject('agent', 'many');
    const subjects = range(parameters.filters).map((n) => subjectOf(ready.replace('.ready', `-${n}.ready`)));
    const subscribers = await Promise.all(range(parameters.subscribers).map((i) => open(`subscriber-${i}`)));

    for (const [n, pattern] of subjects.entries()) {
      await subscribers[n % subscribers.length]?.subscribe({ pattern });
    }
    for (const subscriber of subscribers) await subscriber.flush();
    const publisher = await open('publisher');
    for (const _ of range(parameters.rounds)) for (const one of subjects) await publisher.publish({ subject: one });
    await settle();
  },
});
