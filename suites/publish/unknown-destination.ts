import { unknownDestination } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A message to nowhere is dropped without an error',
  rows: [
    {
      id: 'PUB-017',
      level: 'SHOULD',
      source: 'https://docs.nats.io/nats-concepts/subjects',
      requires: ['unknown-destination'],
      checks: [unknownDestination()],
    },
  ],
  parameters: { publishers: 3, messages: 10 },
  small: { publishers: 3, messages: 8 },

  async run({ parameters, open, subject, settle }) {
    const families = ['agent', 'coord', 'broadcast', 'other'] as const;
    for (const i of range(parameters.publishers)) {
      const publisher = await open(`publisher-${i}`);
      for (const n of range(parameters.messages)) {
        await publisher.publish({ subject: subject(families[n % families.length] ?? 'other', `nowhere-${i}-${n}`) });
      }
    }
    await settle();
  },
});
