import { executeOnce } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A request to a queue group reaches one responder',
  rows: [
    {
      id: 'RR-006',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/reqreply',
      requires: ['execute-once'],
      checks: [executeOnce()],
    },
  ],
  parameters: { responders: 3, requests: 60 },
  small: { responders: 3, requests: 14 },

  async run({ parameters, open, subject, settle }) {
    const task = subject('agent', 'group');
    for (const i of range(parameters.responders)) {
      const responder = await open(`responder-${i}`);
      await responder.respond({ pattern: task, queue: 'responders', behaviour: { kind: 'echo' } });
      await responder.flush();
    }
    const requester = await open('requester');
    for (const _ of range(parameters.requests)) await requester.request({ subject: task, timeoutMs: 2_000 });
    await settle();
  },
});
