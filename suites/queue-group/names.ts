import { groupCopies } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'Group names are case-sensitive and may hold any character but white space',
  rows: [
    {
      id: 'QG-013',
      level: 'SHOULD',
      source: 'https://docs.nats.io/nats-concepts/core-nats/queue',
      requires: ['queue-group-names'],
      checks: [groupCopies({ tests: 'queue-group-names' })],
    },
  ],
  parameters: { members: 2, messages: 20 },
  small: { members: 2, messages: 10 },

  async run({ parameters, open, subject, settle }) {
    const work = subject('work', 'names');

    for (const queue of ['a.b', 'A.B', 'a/b', 'über-gruppe', 'a_b']) {
      for (const i of range(parameters.members)) {
        const member = await open(`${queue}-${i}`);
        await member.subscribe({ pattern: work, queue });
        await member.flush();
      }
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: work });
    await settle();
  },
});
