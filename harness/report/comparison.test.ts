import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare } from './comparison.ts';
import { historyBuilder } from './history-builder.ts';
import type { HistoryBuilder } from './history-builder.ts';
import { countInversions, longestRun } from './ordering.ts';

function played(play: (builder: HistoryBuilder) => void) {
  const builder = historyBuilder();
  play(builder);
  return compare(builder.history());
}

test('each copy in its place: nothing lost, doubled or unexpected', () => {
  const { delivery, ordering, operations } = played((run) => {
    run.subscribe('s', 'a.*');
    run.flush('s');
    for (const n of [0, 1, 2]) run.publish(`p/${n}`, 'a.b');
    for (const n of [0, 1, 2]) run.deliver('s', `p/${n}`, 'a.b');
    run.settle(true);
  });
  expect(delivery).toEqual({ published: 3, delivered: 3, lost: 0, duplicated: 0, unexpected: 0 });
  expect(ordering?.perPublisher).toEqual({ inversions: 0, longestRun: 3, streamLength: 3 });
  expect(operations).toEqual({ ok: 5, failed: 0, indefinite: 0 });
});

test('a copy under a mangled subject is a copy all the same', () => {
  const { delivery } = played((run) => {
    run.subscribe('s', 'a.b');
    run.flush('s');
    run.publish('p/0', 'a.b');
    run.deliver('s', 'p/0', 'a');
    run.settle(true);
  });
  expect(delivery).toEqual({ published: 1, delivered: 1, lost: 0, duplicated: 0, unexpected: 0 });
});

test('a group gets one copy, two members with it have a duplicate', () => {
  const { delivery } = played((run) => {
    for (const member of ['m', 'n']) {
      run.subscribe(member, 'w.>', { queue: 'g' });
      run.flush(member);
    }
    run.publish('p/0', 'w.x');
    run.publish('p/1', 'w.x');
    run.deliver('m', 'p/0', 'w.x');
    run.deliver('n', 'p/0', 'w.x');
    run.settle(true);
  });
  expect(delivery).toEqual({ published: 2, delivered: 2, lost: 1, duplicated: 1, unexpected: 0 });
});

test('bytes nobody published, and a filter that does not match, are unexpected', () => {
  const { delivery } = played((run) => {
    run.subscribe('s', 'a.b');
    run.publish('p/0', 'a.c');
    run.deliver('s', null, 'a.b');
    run.deliver('s', 'p/0', 'a.c');
  });
  expect(delivery).toMatchObject({ delivered: 2, unexpected: 2, lost: null });
});

test.each<[string, (run: HistoryBuilder) => void]>([
  ['of a publish that failed', (run) => run.publish('p/0', 'a', 'fail')],
  ['of a publish that may have happened', (run) => run.publish('p/0', 'a', 'info')],
  ['of a subject nobody asked for', (run) => run.publish('p/0', 'b')],
  ['of a message of the receiver itself', (run) => run.publish('s/0', 'a')],
])('nothing is lost %s', (_, publish) => {
  const { delivery } = played((run) => {
    run.subscribe('s', 'a');
    run.flush('s');
    publish(run);
    run.settle(true);
  });
  expect(delivery.lost).toBe(0);
});

test('a receiver counts from its flush to its end', () => {
  const lostWith = (change: (run: HistoryBuilder) => void): number | null =>
    played((run) => {
      run.subscribe('s', 'a');
      change(run);
      run.publish('p/0', 'a');
      run.settle(true);
    }).delivery.lost;
  expect(lostWith(() => undefined)).toBe(0);
  expect(lostWith((run) => run.flush('s'))).toBe(1);
  expect(
    lostWith((run) => {
      run.flush('s');
      run.call('s', { name: 'crash', input: {} });
    }),
  ).toBe(0);
});

test('where the wait ran out, absence proves nothing', () => {
  const { delivery } = played((run) => {
    run.subscribe('s', 'a');
    run.flush('s');
    run.publish('p/0', 'a');
    run.settle(false);
  });
  expect(delivery.lost).toBeNull();
});

test('order within a publisher, and across them', () => {
  const { ordering } = played((run) => {
    run.subscribe('s', '>');
    run.publish('p/0', 'a');
    run.publish('q/0', 'a');
    run.publish('p/1', 'a');
    for (const id of ['q/0', 'p/0', 'p/1']) run.deliver('s', id, 'a');
  });
  expect(ordering).toEqual({
    perPublisher: { inversions: 0, longestRun: 2, streamLength: 2 },
    across: { inversions: 1, longestRun: 2, streamLength: 3 },
  });
});

test('inversions and runs are those of the definition', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 60 }), (ranks) => {
      const pairs = ranks.flatMap((a, i) => ranks.slice(i + 1).map((b) => (a > b ? 1 : 0)));
      expect(countInversions(ranks)).toBe(pairs.reduce<number>((sum, one) => sum + one, 0));
      const runs = ranks.map((_, i) => ranks.slice(i).findIndex((rank, k, rest) => k > 0 && (rest[k - 1] ?? 0) > rank));
      const lengths = runs.map((end, i) => (end === -1 ? ranks.length - i : end));
      expect(longestRun(ranks)).toBe(Math.max(0, ...lengths));
    }),
  );
});
