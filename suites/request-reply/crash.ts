import { executeOnce, requestEnd } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A request whose responder crashes ends without a reply, and is not executed by another',
  rows: [
    {
      id: 'RR-013',
      level: 'SHOULD',
      source: 'https://docs.nats.io/nats-concepts/core-nats/reqreply',
      requires: ['execute-once', 'request-deadline'],
      checks: [executeOnce(), requestEnd()],
    },
  ],
  parameters: { responders: 3, requests: 16, timeoutMs: 1_000 },
  small: { responders: 3, requests: 16, timeoutMs: 1_000 },
  slow: { responders: 3, requests: 16, timeoutMs: 12_000 },

  async run({ parameters, open, subject, settle, sleep }) {
    const task = subject('agent', 'crash');
    const responders = await Promise.all(range(parameters.responders).map((i) => open(`responder-${i}`)));
    for (const responder of responders) {
      await responder.respond({
        pattern: task,
        queue: 'responders',
        behaviour: { kind: 'delay', ms: parameters.timeoutMs / 2 },
      });
      await responder.flush();
    }
    const requester = await open('requester');
    const requests = range(parameters.requests).map(() =>
      requester.request({ subject: task, timeoutMs: parameters.timeoutMs }),
    );
    await sleep(parameters.timeoutMs / 4);
    for (const responder of responders) await responder.crash();
    await Promise.all(requests);
    await settle();
  },
});
