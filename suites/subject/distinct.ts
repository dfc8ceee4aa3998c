import { filterMatching } from '#checkers';
import { range, scenario, subjectOf } from '#core';

export default scenario({
  title: 'Distinct subjects are never taken for one another',
  rows: [
    {
      id: 'SUBJ-011',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/subjects',
      requires: ['subject-mapping'],
      checks: [filterMatching()],
    },
  ],
  parameters: { rounds: 5 },
  small: { rounds: 4 },

  async run({ parameters, open, subject, settle }) {
    const agent = subject('agent', 'distinct');
    const work = subject('work', 'distinct').split('.').slice(0, 2).join('.');
    const subjects = [
      agent,
      `${agent}.status`,
      `${agent}.stop`,
      `${work}-b.c.task`,
      `${work}.b-c.task`,
      'broadcast.a_b.c',
      'broadcast.a.b_c',
    ].map(subjectOf);

    for (const [i, pattern] of subjects.entries()) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.rounds)) for (const one of subjects) await publisher.publish({ subject: one });
    await settle();
  },
});
