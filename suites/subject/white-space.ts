import { faultySubjects, filterGrammar } from '#checkers';
import { patternOf, range, scenario, subjectOf } from '#core';

export default scenario({
  title: 'White space in a subject is refused, and the session lives on',
  rows: [
    {
      id: 'SUBJ-004',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/subjects',
      requires: ['subject-mapping'],
      checks: [faultySubjects(), filterGrammar()],
    },
  ],
  parameters: { subscribers: 3, rounds: 3 },
  small: { subscribers: 2, rounds: 3 },

  async run({ parameters, open, subject, settle }) {
    const ready = subject('agent', 'space');
    const faulty = [' ', '\t', '\r\n'].map((space) => subjectOf(ready.replace('.ready', `.re${space}ady`)));

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: patternOf('agent.>') });
      await subscriber.flush();
      for (const pattern of faulty) await subscriber.subscribe({ pattern });
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.rounds)) {
      for (const one of faulty) await publisher.publish({ subject: one });
      await publisher.publish({ subject: ready });
      await publisher.flush();
    }
    await settle();
  },
});
