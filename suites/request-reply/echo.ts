import { requestReply } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A request gets the first reply',
  rows: [
    {
      id: 'RR-001',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/reqreply',
      requires: ['request-reply'],
      checks: [requestReply()],
    },
  ],
  parameters: { requesters: 3, requests: 20, timeoutMs: 2_000 },
  small: { requesters: 2, requests: 10, timeoutMs: 2_000 },
  slow: { requesters: 2, requests: 10, timeoutMs: 20_000 },

  async run({ parameters, open, subject, settle }) {
    const echo = subject('agent', 'echo');
    const several = subject('agent', 'several');
    const responder = await open('responder');
    await responder.respond({ pattern: echo, behaviour: { kind: 'echo' } });
    await responder.respond({ pattern: several, behaviour: { kind: 'several', replies: 3 } });
    await responder.flush();

    for (const i of range(parameters.requesters)) {
      const requester = await open(`requester-${i}`);
      for (const n of range(parameters.requests)) {
        await requester.request({ subject: n % 2 === 0 ? echo : several, timeoutMs: parameters.timeoutMs });
      }
    }
    await settle();
  },
});
