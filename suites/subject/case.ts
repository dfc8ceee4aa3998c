import { filterMatching } from '#checkers';
import { range, scenario, subjectOf } from '#core';

export default scenario({
  title: 'Subjects that differ in case are different',
  rows: [
    {
      id: 'SUBJ-006',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/subjects',
      requires: ['subject-mapping'],
      checks: [filterMatching()],
    },
  ],
  parameters: { rounds: 10 },
  small: { rounds: 8 },

  async run({ parameters, open, subject, settle }) {
    const ready = subject('agent', 'case');
    const cased = [ready, subjectOf(ready.replace('.case', '.Case')), subjectOf(ready.replace('.case', '.CASE'))];

    for (const [i, pattern] of cased.entries()) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.rounds)) for (const one of cased) await publisher.publish({ subject: one });
    await settle();
  },
});
