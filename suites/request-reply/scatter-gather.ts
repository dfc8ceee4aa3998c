import { manyReplies } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'One request collects many replies',
  rows: [
    {
      id: 'RR-005',
      level: 'SHOULD',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-47.md',
      requires: ['request-many'],
      checks: [manyReplies()],
    },
  ],
  parameters: { responders: 3, requests: 6, timeoutMs: 500 },
  small: { responders: 3, requests: 14, timeoutMs: 500 },

  async run({ parameters, open, subject, settle }) {
    const all = subject('agent', 'all');
    for (const i of range(parameters.responders)) {
      const responder = await open(`responder-${i}`);
      await responder.respond({ pattern: all, behaviour: { kind: 'echo' } });
      await responder.flush();
    }
    const requester = await open('requester');
    await Promise.all(
      range(parameters.requests).map(() => requester.requestMany({ subject: all, timeoutMs: parameters.timeoutMs })),
    );
    await settle();
  },
});
