import { exclusiveDelivery } from '#checkers';
import { patternOf, range, scenario, subjectOf } from '#core';

export default scenario({
  title: 'A queue group may subscribe to a wildcard, and gets subjects that are new at run time',
  rows: [
    {
      id: 'QG-009',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/queue',
      requires: ['queue-group', 'queue-group-filter'],
      checks: [exclusiveDelivery({ tests: 'queue-group-filter' })],
    },
  ],
  parameters: { members: 3, subjects: 6, messages: 10 },
  small: { members: 3, subjects: 3, messages: 5 },

  async run({ parameters, open, subject, settle }) {
    const task = subject('work', 'wild');
    const everything = patternOf(task.replace(/normal\..*$/, '>'));

    for (const i of range(parameters.members)) {
      const member = await open(`member-${i}`);
      await member.subscribe({ pattern: everything, queue: 'workers' });
      await member.flush();
    }
    const publisher = await open('publisher');
    for (const n of range(parameters.subjects)) {
      const novel = subjectOf(task.replace(/\.normal\./, `.priority-${n}.`));
      for (const _ of range(parameters.messages)) await publisher.publish({ subject: novel });
    }
    await settle();
  },
});
