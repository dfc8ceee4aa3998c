import { interestOnly } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'Who joins late gets nothing old',
  rows: [
    {
      id: 'BC-003',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/subjects',
      requires: ['interest-only'],
      checks: [interestOnly()],
    },
  ],
  parameters: { early: 2, late: 2, messages: 30 },
  small: { early: 1, late: 2, messages: 14 },

  async run({ parameters, open, subject, settle }) {
    const news = subject('broadcast', 'late');
    const join = async (name: string) => {
      const subscriber = await open(name);
      await subscriber.subscribe({ pattern: news });
      await subscriber.flush();
    };

    for (const i of range(parameters.early)) await join(`early-${i}`);
    const publisher = await open('publisher');
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: news });
    await publisher.flush();
    await settle();
    for (const i of range(parameters.late)) await join(`late-${i}`);
    await settle();
  },
});
