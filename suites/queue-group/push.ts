import { pushed } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'Members are pushed to, without polling delay',
  rows: [
    {
      id: 'QG-012',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/queue',
      requires: ['queue-group-push'],
      checks: [pushed()],
    },
  ],
  parameters: { members: 2, messages: 20, pauseMs: 50 },
  small: { members: 2, messages: 16, pauseMs: 50 },

  async run({ parameters, open, subject, settle, sleep }) {
    const work = subject('work', 'push');

    for (const i of range(parameters.members)) {
      const member = await open(`member-${i}`);
      await member.subscribe({ pattern: work, queue: 'workers' });
      await member.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.messages)) {
      await publisher.publish({ subject: work });
      await sleep(parameters.pauseMs);
    }
    await settle();
  },
});
