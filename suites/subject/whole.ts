import { subjectIntact } from '#checkers';
import { patternOf, range, scenario, subjectOf } from '#core';

export default scenario({
  title: 'The complete subject reaches the subscriber',
  rows: [
    {
      id: 'SUBJ-010',
      level: 'MUST',
      source: 'https://docs.nats.io/reference/reference-protocols/nats-protocol#msg',
      requires: ['subject-mapping'],
      checks: [subjectIntact()],
    },
  ],
  parameters: { subscribers: 3, rounds: 5 },
  small: { subscribers: 2, rounds: 4 },

  async run({ parameters, open, subject, settle }) {
    const ready = subject('agent', 'whole');
    const coord = subject('coord', 'whole');
    const subjects = [ready, `${ready}.cmd.stop`, `${ready}.a.b.c.d.e.f.g.h.i.j`, `${coord}.step.2`].map(subjectOf);

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      for (const pattern of ['agent.>', 'coord.>']) await subscriber.subscribe({ pattern: patternOf(pattern) });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.rounds)) for (const one of subjects) await publisher.publish({ subject: one });
    await settle();
  },
});
