import { filterMatching, subjectIntact } from '#checkers';
import { patternOf, range, scenario, subjectOf } from '#core';

const counts = [16, 64, 300];

export default scenario({
  title: 'Subjects and filters of many tokens',
  rows: [
    {
      id: 'SUBJ-009',
      level: 'MAY',
      source: 'https://docs.nats.io/nats-concepts/subjects#number-of-tokens',
      requires: ['subject-limits'],
      checks: [filterMatching({ tests: 'subject-limits' }), subjectIntact()],
    },
  ],
  parameters: { rounds: 4 },
  small: { rounds: 4 },

  async run({ parameters, open, subject, settle }) {
    const ready = subject('agent', 'tokens');
    /** The last token is another each time: what is not looked at is confused. */
    const ofTokens = (count: number, last: string): string =>
      [ready, ...range(count - 4).map((n) => `t${n}`), last].join('.');

    for (const [i, count] of counts.entries()) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: patternOf(ofTokens(count, 'a')) });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.rounds)) {
      for (const count of counts) {
        for (const last of ['a', 'b']) await publisher.publish({ subject: subjectOf(ofTokens(count, last)) });
      }
    }
    await settle();
  },
});
