import { filterMatching, subjectIntact } from '#checkers';
import { range, scenario, subjectOf } from '#core';

/** Composed and decomposed, beyond the basic plane, a control character, and what an encoder might take for its own. */
const tokens = ['é', 'e\u0301', '🚀', '雪', '\u0001', '%41', 'A', '"', '\\'];

export default scenario({
  title: 'Subjects are of any characters, and none is taken for another',
  rows: [
    {
      id: 'SUBJ-007',
      level: 'SHOULD',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-6.md',
      requires: ['subject-mapping'],
      checks: [filterMatching(), subjectIntact()],
    },
  ],
  parameters: { rounds: 4 },
  small: { rounds: 4 },

  async run({ parameters, open, subject, settle }) {
    const ready = subject('agent', 'unicode');
    const subjects = tokens.map((token) => subjectOf(ready.replace(/[^.]+$/, token)));

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
