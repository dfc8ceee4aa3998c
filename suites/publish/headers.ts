import { headersIntact, replySubjectIntact } from '#checkers';
import { range, scenario, subjectOf } from '#core';
import type { Header } from '#core';

/** Repeated, in both cases, empty, many, out of order. */
const lists: readonly (readonly Header[])[] = [
  [['Trace', 'abc']],
  [
    ['A', '3'],
    ['a', '2'],
    ['A', '1'],
  ],
  [
    ['Zone', 'z'],
    ['Empty', ''],
    ['Area', 'a b; c=d'],
  ],
  range(12).map((n) => [`H-${n}`, `value ${n}`] as const),
];

export default scenario({
  title: 'Headers and the reply subject arrive as they were sent',
  rows: [
    {
      id: 'PUB-013',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-4.md',
      requires: ['headers'],
      checks: [headersIntact()],
    },
    {
      id: 'PUB-014',
      level: 'MUST',
      source: 'https://docs.nats.io/reference/reference-protocols/nats-protocol',
      requires: ['reply-subject'],
      checks: [replySubjectIntact()],
    },
  ],
  parameters: { subscribers: 2, rounds: 5 },
  small: { subscribers: 2, rounds: 4 },

  async run({ parameters, open, subject, settle }) {
    const events = subject('agent', 'headers');

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: events });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.rounds)) {
      for (const headers of lists) await publisher.publish({ subject: events, headers });
      await publisher.publish({ subject: events, reply: subjectOf(`${events}.answers`) });
    }
    await settle();
  },
});
