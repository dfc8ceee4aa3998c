import { applicationErrors } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'An error of the responder can be told from a reply and from an error of the transport',
  rows: [
    {
      id: 'RR-009',
      level: 'MUST',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-32.md',
      requires: ['application-error'],
      checks: [applicationErrors()],
    },
  ],
  parameters: { requesters: 2, requests: 10, timeoutMs: 2_000 },
  small: { requesters: 2, requests: 10, timeoutMs: 2_000 },
  slow: { requesters: 2, requests: 10, timeoutMs: 20_000 },

  async run({ parameters, open, subject, settle }) {
    const failing = subject('agent', 'failing');
    const working = subject('agent', 'working');
    const responder = await open('responder');
    await responder.respond({ pattern: failing, behaviour: { kind: 'fail', message: 'out of stock' } });
    await responder.respond({ pattern: working, behaviour: { kind: 'echo' } });
    await responder.flush();

    for (const i of range(parameters.requesters)) {
      const requester = await open(`requester-${i}`);
      for (const n of range(parameters.requests)) {
        const asked = n % 2 === 0 ? failing : working;
        await requester.request({ subject: asked, timeoutMs: parameters.timeoutMs });
      }
    }
    await settle();
  },
});
