import { filterMatching } from '#checkers';
import { patternOf, range, scenario, subjectOf } from '#core';

const tokens = ['ready', 'readyx', 'x', 'stopped', 'a-b'];
const wanted = [...tokens, '*', '*', '*', '*x', 'read*'];

export default scenario({
  title: 'An asterisk stands for exactly one whole token',
  rows: [
    {
      id: 'SUBJ-001',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/subjects#wildcards',
      requires: ['subject-mapping'],
      checks: [filterMatching()],
    },
  ],
  parameters: { subscribers: 12, subjects: 20, rounds: 4 },
  small: { subscribers: 5, subjects: 6, rounds: 4 },

  async run({ parameters, open, subject, settle, random }) {
    const root = subject('agent', 'tokens').replace(/\.[^.]+$/, '');
    const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';
    const below = (words: readonly string[]): string =>
      [root, ...range(1 + Math.floor(random() * 3)).map(() => pick(words))].join('.');

    const filters = [
      `${root}.*`,
      `${root}.*.x`,
      `${root}.*x`,
      ...range(parameters.subscribers).map(() => below(wanted)),
    ];
    for (const [i, filter] of filters.slice(0, parameters.subscribers).entries()) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: patternOf(filter) });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    const subjects = range(parameters.subjects).map(() => subjectOf(below(tokens)));
    for (const _ of range(parameters.rounds)) for (const one of subjects) await publisher.publish({ subject: one });
    await settle();
  },
});
