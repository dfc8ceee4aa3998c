import { filterMatching } from '#checkers';
import { patternOf, range, scenario, subjectOf } from '#core';

export default scenario({
  title: 'A wildcard that is published to is a plain token',
  rows: [
    {
      id: 'SUBJ-005',
      level: 'SHOULD',
      source: 'https://github.com/nats-io/nats-server/blob/main/server/client.go',
      requires: ['subject-mapping'],
      checks: [filterMatching()],
    },
  ],
  parameters: { rounds: 10 },
  small: { rounds: 8 },

  async run({ parameters, open, subject, settle }) {
    const ready = subject('agent', 'star');
    const last = (token: string): string => ready.replace(/[^.]+$/, token);

    for (const [i, token] of ['*', '>', 'ready'].entries()) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: patternOf(last(token)) });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.rounds)) {
      for (const token of ['*', '>', 'ready']) await publisher.publish({ subject: subjectOf(last(token)) });
    }
    await settle();
  },
});
