import { exclusiveDelivery, groupCopies } from '#checkers';
import { range, scenario } from '#core';

const source = 'https://docs.nats.io/nats-concepts/core-nats/queue';

export default scenario({
  title:
    'A queue group delivers each message to one of its members, and every group and plain subscription gets a copy',
  rows: [
    { id: 'QG-001', level: 'MUST', source, requires: ['queue-group'], checks: [exclusiveDelivery()] },
    { id: 'QG-003', level: 'MUST', source, requires: ['queue-group-copies'], checks: [groupCopies()] },
  ],
  parameters: { groups: { workers: 5, auditors: 2 }, plain: 1, publishers: 2, messagesPerPublisher: 40 },
  small: { groups: { workers: 3, auditors: 2 }, plain: 1, publishers: 2, messagesPerPublisher: 10 },

  async run({ parameters, open, subject, settle }) {
    const orders = subject('work', 'orders');

    for (const [queue, members] of Object.entries(parameters.groups)) {
      for (const i of range(members)) {
        const member = await open(`${queue}-${i}`);
        await member.subscribe({ pattern: orders, queue });
        await member.flush();
      }
    }
    for (const i of range(parameters.plain)) {
      const observer = await open(`observer-${i}`);
      await observer.subscribe({ pattern: orders });
      await observer.flush();
    }

    await Promise.all(
      range(parameters.publishers).map(async (i) => {
        const publisher = await open(`publisher-${i}`);
        for (const _ of range(parameters.messagesPerPublisher)) {
          await publisher.publish({ subject: orders });
        }
      }),
    );

    await settle();
  },
});
