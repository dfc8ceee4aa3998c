import { filterGrammar, filterMatching } from '#checkers';
import { patternOf, range, scenario, subjectOf } from '#core';

export default scenario({
  title: 'The tail wildcard needs at least one more token, and stands at the end only',
  rows: [
    {
      id: 'SUBJ-002',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/subjects#wildcards',
      requires: ['subject-mapping'],
      checks: [filterMatching(), filterGrammar()],
    },
  ],
  parameters: { subscribers: 3, rounds: 10 },
  small: { subscribers: 2, rounds: 5 },

  async run({ parameters, open, subject, settle }) {
    const ready = subject('agent', 'tail');
    const below = [ready, `${ready}.a`, `${ready}.a.b`];

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: patternOf(`${ready}.>`) });
      await subscriber.flush();
      await subscriber.subscribe({ pattern: patternOf(`${ready}.>.b`) });
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.rounds)) {
      for (const one of below) await publisher.publish({ subject: subjectOf(one) });
    }
    await settle();
  },
});
