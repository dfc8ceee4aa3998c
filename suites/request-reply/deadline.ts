import { executeOnce, requestDeadline } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: "A request without a reply ends at its caller's deadline, and is executed once",
  rows: [
    {
      id: 'RR-003',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/reqreply',
      requires: ['request-deadline', 'execute-once'],
      checks: [requestDeadline(), executeOnce()],
    },
  ],
  parameters: { requesters: 2, requests: 5, timeoutMs: 300 },
  small: { requesters: 2, requests: 9, timeoutMs: 300 },

  async run({ parameters, open, subject, settle }) {
    const silent = subject('agent', 'silent');
    const responder = await open('responder');
    await responder.respond({ pattern: silent, behaviour: { kind: 'silent' } });
    await responder.flush();

    await Promise.all(
      range(parameters.requesters).map(async (i) => {
        const requester = await open(`requester-${i}`);
        // At once: where a caller's deadline counts for nothing, each takes a minute.
        await Promise.all(
          range(parameters.requests).map(() => requester.request({ subject: silent, timeoutMs: parameters.timeoutMs })),
        );
      }),
    );
    await settle();
  },
});
