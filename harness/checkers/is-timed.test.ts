import { expect, test } from 'vitest';
import { brand, subjectOf, utf8 } from '#core';
import type { MessageId } from '#core';
import { pushed } from './groups.ts';
import { noResponders } from './request-ends.ts';
import { writeHistory } from './write-history.ts';
import type { HistoryWriter } from './write-history.ts';

const limits = { statesMax: 1 };

/** Verdicts on the same events as a friendly run and as an adverse one. */
function both(check: ReturnType<typeof pushed>['check'], writer: HistoryWriter) {
  const { header, events } = writer.history();
  return [check({ header, events }, limits).valid, check({ header: { ...header, seed: 7 }, events }, limits).valid];
}

test('what an adverse schedule delays is not judged', () => {
  const late = writeHistory();
  late.subscribe('a', 'x', { queue: 'g' });
  late.publish('p/0', 'x');
  late.sleep(30_000);
  late.deliver('a', 'p/0');
  late.settled();
  expect(both(pushed().check, late)).toEqual([false, true]);
});

test.each([
  [1_500, [false, true]],
  [2_000, [false, false]],
])('an error for nobody after %i of 2,000 ms', (ms, verdicts) => {
  const history = writeHistory();
  const id = brand<MessageId>('q/0');
  const call = history.call('q', 'request', { id, subject: subjectOf('x'), body: utf8('q'), timeoutMs: 2_000 });
  history.sleep(ms);
  call.fail('no-responders');
  expect(both(noResponders().check, history)).toEqual(verdicts);
});
