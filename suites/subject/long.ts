import { faultySubjects, filterMatching, subjectIntact } from '#checkers';
import { patternOf, range, scenario, subjectOf } from '#core';

const lengths = [256, 1_000, 4_000];
/** Longer than a line of the protocol. */
const tooLong = 4_200;

export default scenario({
  title: 'Subjects and filters are as long as a line of the protocol allows',
  rows: [
    {
      id: 'SUBJ-008',
      level: 'SHOULD',
      source: 'https://docs.nats.io/reference/reference-protocols/nats-protocol',
      requires: ['subject-limits'],
      checks: [filterMatching({ tests: 'subject-limits' }), subjectIntact(), faultySubjects()],
    },
  ],
  parameters: { rounds: 5 },
  small: { rounds: 5 },

  async run({ parameters, open, subject, settle }) {
    const ready = subject('agent', 'long');
    const ofLength = (length: number): string => ready.padEnd(length, 'y');

    for (const [i, length] of lengths.entries()) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: patternOf(ofLength(length)) });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.rounds)) {
      for (const length of lengths) await publisher.publish({ subject: subjectOf(ofLength(length)) });
    }
    await publisher.flush();
    const careless = await open('careless');
    await careless.publish({ subject: subjectOf(ofLength(tooLong)) });
    await careless.flush();
    await settle();
  },
});
