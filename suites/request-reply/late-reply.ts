import { replyMatching } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A reply that comes too late is not taken for that of another request',
  rows: [
    {
      id: 'RR-004',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/reqreply',
      requires: ['reply-matching'],
      checks: [replyMatching()],
    },
  ],
  parameters: { requesters: 2, rounds: 4, timeoutMs: 200 },
  small: { requesters: 2, rounds: 5, timeoutMs: 200 },

  async run({ parameters, open, subject, settle }) {
    const slow = subject('agent', 'slow');
    const quick = subject('agent', 'quick');
    const responder = await open('responder');
    await responder.respond({ pattern: slow, behaviour: { kind: 'delay', ms: parameters.timeoutMs * 2 } });
    await responder.respond({ pattern: quick, behaviour: { kind: 'delay', ms: parameters.timeoutMs * 2 } });
    await responder.flush();

    for (const i of range(parameters.requesters)) {
      const requester = await open(`requester-${i}`);
      for (const _ of range(parameters.rounds)) {
        await requester.request({ subject: slow, timeoutMs: parameters.timeoutMs });
        // The late reply to the first comes while the second waits.
        await requester.request({ subject: quick, timeoutMs: parameters.timeoutMs * 5 });
      }
    }
    await settle();
  },
});
