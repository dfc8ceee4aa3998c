import { exclusiveDelivery, memberFilter } from '#checkers';
import { patternOf, range, scenario, subjectOf } from '#core';

export default scenario({
  title: 'Members of one group may have different filters: one group, and to each what its own filter matches',
  rows: [
    {
      id: 'QG-004',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/queue',
      requires: ['queue-group', 'queue-group-filter'],
      checks: [exclusiveDelivery({ tests: 'queue-group-filter' })],
    },
    {
      id: 'QG-005',
      level: 'SHOULD',
      source: 'https://docs.nats.io/nats-concepts/core-nats/queue',
      requires: ['queue-group-filter'],
      checks: [memberFilter()],
    },
  ],
  parameters: { messagesPerSubject: 60 },
  small: { messagesPerSubject: 8 },

  async run({ parameters, open, subject, settle }) {
    const task = subject('work', 'filters');
    const urgent = subjectOf(task.replace(/\.normal\./, '.high.'));
    const anyPriority = patternOf(task.replace(/\.normal\./, '.*.'));
    const everything = patternOf(task.replace(/normal\..*$/, '>'));

    for (const [name, pattern] of Object.entries({ one: task, any: anyPriority, all: everything })) {
      const member = await open(name);
      await member.subscribe({ pattern, queue: 'workers' });
      await member.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.messagesPerSubject)) {
      await publisher.publish({ subject: task });
      await publisher.publish({ subject: urgent });
    }
    await settle();
  },
});
