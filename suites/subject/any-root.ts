import { filterMatching } from '#checkers';
import { patternOf, range, scenario, subjectOf } from '#core';

export default scenario({
  title: 'Any root can be published to',
  rows: [
    {
      id: 'SUBJ-012',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/subjects',
      requires: ['subject-limits'],
      checks: [filterMatching({ tests: 'subject-limits' })],
    },
  ],
  parameters: { subscribers: 3, rounds: 5 },
  small: { subscribers: 3, rounds: 4 },

  async run({ parameters, open, subject, settle }) {
    const own = subject('other', 'root');
    const subjects = [own, subjectOf(`metrics.${own}`), subjectOf(`_INBOX.${own}`), subjectOf('x')];

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      for (const pattern of subjects) await subscriber.subscribe({ pattern: patternOf(pattern) });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.rounds)) for (const one of subjects) await publisher.publish({ subject: one });
    await settle();
  },
});
