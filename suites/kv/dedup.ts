import { keyDedup } from '#checkers';
import { range, scenario, subjectOf } from '#core';

export default scenario({
  title: 'A message id is written once in a bucket, whatever its key',
  rows: [
    {
      id: 'KV-023',
      level: 'MUST',
      source: 'https://docs.nats.io/using-nats/developer/develop_jetstream/model_deep_dive#message-deduplication',
      requires: ['kv-dedup'],
      checks: [keyDedup()],
    },
  ],
  parameters: { ids: 5 },
  small: { ids: 5 },

  async run({ parameters, open, settle }) {
    const bucket = 'dedup';
    const writer = await open('writer');
    const other = await open('other');
    const reader = await open('reader');
    for (const session of [writer, other, reader]) await session['kv.open']({ bucket });

    // A bucket is a stream, and a put is a publish to it: no client of the bucket carries a message id.
    const put = (session: typeof writer, key: string, id: string) =>
      session.publish({ subject: subjectOf(`$KV.${bucket}.${key}`), headers: [['Nats-Msg-Id', id]] });
    for (const n of range(parameters.ids)) {
      await put(writer, `first-${n}`, `id-${n}`);
      await writer.flush();
      await settle();
      await put(other, `second-${n}`, `id-${n}`);
      await other.flush();
    }
    await settle();
    for (const n of range(parameters.ids)) {
      await reader['kv.get']({ bucket, key: `first-${n}` });
      await reader['kv.get']({ bucket, key: `second-${n}` });
    }
    await settle();
  },
});
