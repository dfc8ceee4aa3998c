import { slowSibling } from '#checkers';
import { range, scenario } from '#core';

export default scenario({
  title: 'One slow subscription does not hold up another',
  rows: [
    {
      id: 'PUB-019',
      level: 'SHOULD',
      source: 'https://docs.nats.io/using-nats/developer/connecting/events/slow',
      requires: ['slow-sibling'],
      checks: [slowSibling()],
    },
  ],
  parameters: { fast: 3, messages: 3, takesMs: 3_000 },
  small: { fast: 7, messages: 4, takesMs: 3_000 },
  slow: { fast: 7, messages: 4, takesMs: 20_000 },

  async run({ parameters, open, subject, settle }) {
    const events = subject('agent', 'siblings');
    const slow = await open('slow');
    // One message is enough to be busy with.
    await slow.subscribe({ pattern: events, max: 1, handling: { takesMs: parameters.takesMs } });
    await slow.flush();

    for (const i of range(parameters.fast)) {
      const fast = await open(`fast-${i}`);
      await fast.subscribe({ pattern: events });
      await fast.flush();
    }
    const publisher = await open('publisher');
    for (const _ of range(parameters.messages)) await publisher.publish({ subject: events });
    await settle();
  },
});
