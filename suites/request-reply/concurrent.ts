import { replyMatching } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'Replies to requests that overlap do not cross',
  rows: [
    {
      id: 'RR-010',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/reqreply',
      requires: ['reply-matching'],
      checks: [replyMatching()],
    },
  ],
  parameters: { requesters: 2, requests: 100 },
  small: { requesters: 2, requests: 10 },

  async run({ parameters, open, subject, settle }) {
    const shuffled = subject('agent', 'shuffled');
    const responder = await open('responder');
    await responder.respond({ pattern: shuffled, behaviour: { kind: 'delay', ms: 5, jitterMs: 100 } });
    await responder.flush();

    await Promise.all(
      range(parameters.requesters).map(async (i) => {
        const requester = await open(`requester-${i}`);
        await Promise.all(
          range(parameters.requests).map(() => requester.request({ subject: shuffled, timeoutMs: 10_000 })),
        );
      }),
    );
    await settle();
  },
});
