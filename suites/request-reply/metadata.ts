import { requestMetadata } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: "The responder sees the request's subject, headers and reply subject",
  rows: [
    {
      id: 'RR-011',
      level: 'SHOULD',
      source: 'https://docs.nats.io/nats-concepts/core-nats/reqreply',
      requires: ['request-metadata'],
      checks: [requestMetadata()],
    },
  ],
  parameters: { requesters: 2, requests: 10 },
  small: { requesters: 2, requests: 10 },

  async run({ parameters, open, subject, settle }) {
    const describing = subject('agent', 'describe');
    const responder = await open('responder');
    await responder.respond({ pattern: describing, behaviour: { kind: 'describe' } });
    await responder.flush();

    for (const i of range(parameters.requesters)) {
      const requester = await open(`requester-${i}`);
      for (const n of range(parameters.requests)) {
        await requester.request({
          subject: describing,
          headers: [
            ['Trace', `${i}-${n}`],
            ['trace', 'lower'],
          ],
          timeoutMs: 2_000,
        });
      }
    }
    await settle();
  },
});
