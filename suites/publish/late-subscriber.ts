import { delivery, interestOnly } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A late subscriber sees nothing older than its subscription, and everything since',
  rows: [
    {
      id: 'PUB-007',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/subjects',
      requires: ['interest-only', 'delivery'],
      checks: [interestOnly(), delivery()],
    },
  ],
  parameters: { late: 3, before: 50, after: 50 },
  small: { late: 2, before: 10, after: 10 },

  async run({ parameters, open, subject, settle }) {
    const events = subject('agent', 'late');
    const early = await open('early');
    await early.subscribe({ pattern: events });
    await early.flush();

    const publisher = await open('publisher');
    for (const _ of range(parameters.before)) await publisher.publish({ subject: events });
    await publisher.flush();
    await settle();

    for (const i of range(parameters.late)) {
      const late = await open(`late-${i}`);
      await late.subscribe({ pattern: events });
      await late.flush();
    }
    for (const _ of range(parameters.after)) await publisher.publish({ subject: events });
    await settle();
  },
});
