import { atMostOnceAfterCrash } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'What a crashed member had in hand is not given to another',
  rows: [
    {
      id: 'QG-007',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats',
      requires: ['queue-group-at-most-once'],
      checks: [atMostOnceAfterCrash()],
    },
  ],
  // The server draws a member for each message: that one of three got none of 36 happens once in two million runs.
  parameters: { members: 3, messages: 36, takesMs: 500 },
  small: { members: 3, messages: 12, takesMs: 500 },

  async run({ parameters, open, subject, settle, sleep }) {
    const work = subject('work', 'in-hand');
    const members = await Promise.all(range(parameters.members).map((i) => open(`member-${i}`)));
    for (const member of members) {
      await member.subscribe({ pattern: work, queue: 'workers', handling: { takesMs: parameters.takesMs } });
      await member.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: work });
    await publisher.flush();
    await sleep(parameters.takesMs / 2);
    await members[0]?.crash();
    await settle();
  },
});
