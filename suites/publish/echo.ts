import { noEcho } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'A session hears its own messages unless it asked not to',
  rows: [
    {
      id: 'PUB-012',
      level: 'SHOULD',
      source: 'https://docs.nats.io/using-nats/developer/connecting/noecho',
      requires: ['no-echo'],
      checks: [noEcho({ quiet: ['quiet'] })],
    },
  ],
  parameters: { messages: 20 },
  small: { messages: 6 },

  async run({ parameters, open, subject, settle }) {
    const events = subject('agent', 'echo');
    const sessions = [await open('quiet', { echo: false }), await open('loud'), await open('other')];

    for (const session of sessions) {
      await session.subscribe({ pattern: events });
      await session.flush();
    }
    for (const _ of range(parameters.messages)) {
      for (const session of sessions) await session.publish({ subject: events });
    }
    await settle();
  },
});
