import { responderIdentity } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'The live agent that is addressed answers',
  rows: [
    {
      id: 'RR-012',
      level: 'SHOULD',
      source: 'https://docs.nats.io/nats-concepts/core-nats/reqreply',
      requires: ['responder-identity'],
      checks: [responderIdentity()],
    },
  ],
  parameters: { agents: 5, requests: 4 },
  small: { agents: 3, requests: 7 },

  async run({ parameters, open, subject, settle }) {
    for (const i of range(parameters.agents)) {
      const agent = await open(`agent-${i}`);
      await agent.respond({ pattern: subject('agent', `counting-${i}`), behaviour: { kind: 'count' } });
      await agent.flush();
    }
    const requester = await open('requester');
    for (const _ of range(parameters.requests)) {
      for (const i of range(parameters.agents)) {
        await requester.request({ subject: subject('agent', `counting-${i}`), timeoutMs: 2_000 });
      }
    }
    await settle();
  },
});
