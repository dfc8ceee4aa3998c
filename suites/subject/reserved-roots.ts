import { filterMatching, subjectIntact } from '#checkers';
import { patternOf, range, scenario, subjectOf } from '#core';

const subjects = ['$foo.x', '_INBOX.x', '$KV.absent.k', '$SYS.foo', 'aws.x'].map(subjectOf);

export default scenario({
  title: 'Roots of the system are ordinary subjects to a filter, and its own events stay in its account',
  rows: [
    {
      id: 'SUBJ-013',
      level: 'SHOULD',
      source: 'https://docs.nats.io/nats-concepts/subjects',
      requires: ['subject-limits'],
      checks: [filterMatching({ tests: 'subject-limits' }), subjectIntact()],
    },
  ],
  parameters: { subscribers: 3, rounds: 4 },
  small: { subscribers: 2, rounds: 4 },

  async run({ parameters, open, settle }) {
    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      for (const pattern of ['>', '$SYS.ACCOUNT.>']) await subscriber.subscribe({ pattern: patternOf(pattern) });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.rounds)) for (const one of subjects) await publisher.publish({ subject: one });
    await settle();
  },
});
