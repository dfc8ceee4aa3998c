import { requestIntact } from '#checkers';
import { base64, range, scenario, utf8 } from '#core';

/** Nothing, JSON of every kind, text, and bytes that are no text. */
const bodies = [
  ...['', '{}', '"text"', '7', 'not json', 'zero \u0000 byte', 'grüße 🚀'].map((text) => utf8(text)),
  base64(Uint8Array.from(range(256))),
  base64(new Uint8Array(10_000)),
];

export default scenario({
  title: 'Any bytes can be a request, none included',
  rows: [
    {
      id: 'RR-008',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/reqreply',
      requires: ['payload-bytes', 'request-reply'],
      checks: [requestIntact()],
    },
  ],
  parameters: { requesters: 2 },
  small: { requesters: 2 },

  async run({ parameters, open, subject, settle }) {
    const echo = subject('agent', 'bytes');
    const responder = await open('responder');
    await responder.respond({ pattern: echo, behaviour: { kind: 'echo' } });
    await responder.flush();

    const [first, ...others] = await Promise.all(range(parameters.requesters).map((i) => open(`requester-${i}`)));
    for (const body of bodies) await first?.request({ subject: echo, body, timeoutMs: 2_000 });
    for (const requester of others) {
      for (const n of range(10)) {
        await requester.request({ subject: echo, body: utf8(`plain ${requester.id} ${n}`), timeoutMs: 2_000 });
      }
    }
    await settle();
  },
});
