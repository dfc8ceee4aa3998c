import { bytesIntact } from '#checkers';
import { base64, range, scenario, utf8 } from '#core';

/** A string, a number, a list, nothing, text with every kind of character, and bytes that are no text. */
const bodies = [
  ...['"text"', '7', '[1]', 'null', '', 'plain', '{"a":1}', 'zero \u0000 byte', 'grüße 🚀'].map((text) => utf8(text)),
  base64(Uint8Array.from(range(256))),
];

export default scenario({
  title: 'Any bytes can be broadcast, be they JSON or not',
  rows: [
    {
      id: 'BC-006',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats',
      requires: ['payload-bytes', 'broadcast'],
      checks: [bytesIntact({ tests: 'payload-bytes' })],
    },
  ],
  parameters: { subscribers: 3 },
  small: { subscribers: 5 },

  async run({ parameters, open, subject, settle }) {
    const news = subject('broadcast', 'payloads');

    for (const i of range(parameters.subscribers)) {
      const subscriber = await open(`subscriber-${i}`);
      await subscriber.subscribe({ pattern: news });
      await subscriber.flush();
    }
    const publisher = await open('publisher');
    for (const body of bodies) await publisher.publish({ subject: news, body });
    await settle();
  },
});
