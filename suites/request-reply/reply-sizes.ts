import { replyIntact } from '#checkers';
import { range, scenario } from '#core';

/** None, little, around what AWS services carry, the maximum of NATS, and one more. */
const sizes = [0, 1, 1_000, 100_000, 262_144, 1_048_576, 1_048_577];

/** Of these only the last is more than one message of AWS carries: a schedule is to be short. */
const smallSizes = [0, 1, 10, 100, 1_000, 10_000, 800_000];

export default scenario({
  title: 'Replies of any size up to the maximum arrive whole',
  rows: [
    {
      id: 'RR-007',
      level: 'MUST',
      source: 'https://docs.nats.io/reference/reference-protocols/nats-protocol#info',
      requires: ['payload-bytes', 'request-reply'],
      checks: [replyIntact()],
    },
  ],
  parameters: { requesters: 1, sizes, timeoutMs: 1_000 },
  small: { requesters: 2, sizes: smallSizes, timeoutMs: 1_000 },
  slow: { requesters: 2, sizes, timeoutMs: 10_000 },

  async run({ parameters, open, subject, settle }) {
    const responder = await open('responder');
    for (const bytes of parameters.sizes) {
      await responder.respond({ pattern: subject('agent', `sized-${bytes}`), behaviour: { kind: 'sized', bytes } });
    }
    await responder.flush();

    for (const i of range(parameters.requesters)) {
      const requester = await open(`requester-${i}`);
      for (const bytes of parameters.sizes) {
        await requester.request({ subject: subject('agent', `sized-${bytes}`), timeoutMs: parameters.timeoutMs });
      }
    }
    await settle();
  },
});
