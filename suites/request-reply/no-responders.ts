import { noResponders } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A request that nobody can answer fails at once, with an error of its own',
  rows: [
    {
      id: 'RR-002',
      level: 'MUST',
      source: 'https://docs.nats.io/nats-concepts/core-nats/reqreply#no-responders',
      requires: ['no-responders'],
      checks: [noResponders()],
    },
  ],
  parameters: { requesters: 3, requests: 8 },
  small: { requesters: 3, requests: 7 },

  async run({ parameters, open, subject, settle }) {
    for (const i of range(parameters.requesters)) {
      const requester = await open(`requester-${i}`);
      for (const n of range(parameters.requests)) {
        await requester.request({ subject: subject('agent', `nobody-${i}-${n}`), timeoutMs: 10_000 });
      }
    }
    await settle();
  },
});
