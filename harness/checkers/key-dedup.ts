import type { Anomaly, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import type { Operation } from './operation.ts';
import { entryOf } from './outputs.ts';

/**
 * A message id is written once in a bucket: of two publishes to `$KV.<bucket>.<key>` with one `Nats-Msg-Id`, the second
 * of which began when the first was done, the first is there and the second is not. `unknown` where no two were read.
 * O(publishes × reads).
 *
 * @see https://docs.nats.io/using-nats/developer/develop_jetstream/model_deep_dive#message-deduplication
 */
export function keyDedup(): Checker {
  return { name: 'key-dedup', tests: 'kv-dedup', check };
}

function check(history: History): Verdict {
  const index = indexHistory(history);
  const publishes = operationsOf(index, 'publish');
  const reads = operationsOf(index, 'kv.get');
  const anomalies: Anomaly[] = [...refusals([...operationsOf(index, 'kv.open'), ...publishes, ...reads])];
  const first = new Map<string, Operation<'publish'>>();
  let compared = 0;
  for (const publish of publishes) {
    const id = publish.call.input.headers?.find(([name]) => name === 'Nats-Msg-Id')?.[1];
    if (id === undefined || publish.end?.kind !== 'ok') continue;
    const isFirst = !first.has(id);
    if (isFirst) first.set(id, publish);
    for (const { call, end, index: at } of reads) {
      if (end?.kind !== 'ok' || publish.call.input.subject !== `$KV.${call.input.bucket}.${call.input.key}`) continue;
      compared += isFirst ? 0 : 1;
      const isThere = entryOf(end.output) !== null;
      if (isThere === isFirst) continue;
      anomalies.push({
        kind: isThere ? 'duplicated' : 'lost',
        message: `'${call.input.key}', ${isFirst ? 'the first' : 'not the first'} with id '${id}', ${isThere ? 'was' : 'was not'} written`,
        evidence: [first.get(id)?.index ?? publish.index, publish.index, at, end.index],
      });
    }
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing: 'no key of a repeated message id was read' });
}
