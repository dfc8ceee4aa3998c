import { faultySubjects, filterGrammar } from '#checkers';
import { patternOf, range, scenario, subjectOf } from '#core';

export default scenario({
  title: 'A subject with an empty token is discarded without a word, a filter with one is refused',
  rows: [
    {
      id: 'SUBJ-003',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/subjects',
      requires: ['subject-mapping'],
      checks: [faultySubjects(), filterGrammar()],
    },
  ],
  parameters: { subscribers: 3, rounds: 5 },
  small: { subscribers: 2, rounds: 5 },

  async run({ parameters, open, subject, settle }) {
    const ready = subject('agent', 'empty');
    const faulty = [ready.replace(/\.[^.]+\./, '..'), `${ready}.`, `.${ready}`].map(subjectOf);

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      for (const pattern of ['agent.>', 'agent.*.*']) await subscriber.subscribe({ pattern: patternOf(pattern) });
      await subscriber.flush();
      for (const pattern of faulty) await subscriber.subscribe({ pattern });
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.rounds)) {
      for (const one of faulty) await publisher.publish({ subject: one });
      await publisher.publish({ subject: ready });
    }
    await publisher.flush();
    for (const one of faulty) await publisher.request({ subject: one, timeoutMs: 1_000 });
    await settle();
  },
});
