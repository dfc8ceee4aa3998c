import { keyGrammar } from '#checkers';
import { range, scenario, utf8 } from '#core';

/** Valid, then not: dots at an end or beside another, white space, other characters. */
const keys = ['plain', 'A-z_0=9/x', 'a.b.c', '.a', 'a.', 'a..b', 'a b', 'a:b', 'ä'];

export default scenario({
  title: 'Keys are of letters, digits and - / = . _, and others are refused',
  rows: [
    {
      id: 'KV-022',
      level: 'SHOULD',
      source: 'https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md',
      requires: ['kv-key-grammar'],
      checks: [keyGrammar()],
    },
  ],
  parameters: { writers: 1 },
  small: { writers: 3 },

  async run({ parameters, open, settle }) {
    const bucket = 'grammar';
    for (const i of range(parameters.writers)) {
      const writer = await open(`writer-${i}`);
      await writer['kv.open']({ bucket });
      for (const key of keys) await writer['kv.put']({ bucket, key, value: utf8(`${writer.id} ${key}`) });
    }
    await settle();
  },
});
