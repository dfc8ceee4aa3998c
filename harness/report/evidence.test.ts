import { expect, test } from 'vitest';
import type { Anomaly, Verdict } from '#core';
import { utf8 } from '#core';
import { shorterEvidence, shortestEvidence } from './evidence.ts';
import { historyBuilder } from './history-builder.ts';
import { formatMs, laneDiagram } from './lane-diagram.ts';
import { laneSvg } from './lane-svg.ts';
import { laneText } from './lane-text.ts';

function failed(...anomalies: readonly [Anomaly, ...Anomaly[]]): Verdict {
  return { valid: false, facts: {}, anomalies };
}

function doubled() {
  const run = historyBuilder();
  run.subscribe('m', 'w', { queue: 'g' });
  run.publish('p/0', 'w');
  run.deliver('m', 'p/0', 'w');
  run.deliver('n', 'p/0', 'w');
  run.call('m', { name: 'kv.create', input: { bucket: 'b', key: 'k', value: utf8('v') } }, 'fail');
  run.settle(true);
  return run.history();
}

test('the anomaly with the fewest events is drawn, by its checker’s name', () => {
  const evidence = shortestEvidence(doubled(), {
    order: failed({ kind: 'reordered', message: 'long', evidence: [0, 2, 4, 5] }),
    exclusive: failed({ kind: 'duplicated', message: 'short', evidence: [2, 4, 5] }),
    fine: { valid: true, facts: {} },
  });
  expect(evidence).toMatchObject({ checker: 'exclusive', kind: 'duplicated', message: 'short', seed: 'friendly' });
  expect(evidence?.steps.map(({ index, lane, text }) => [index, lane, text])).toEqual([
    [2, 'p', 'publish p/0 to w'],
    [4, 'm', 'gets p/0 on w (m/sub)'],
    [5, 'n', 'gets p/0 on w (n/sub)'],
  ]);
});

test('a call is shown with its end, an end with its call', () => {
  const one = (evidence: Anomaly['evidence']) =>
    shortestEvidence(doubled(), { cas: failed({ kind: 'overwritten', message: '', evidence }) })?.steps;
  expect(one([7])?.map(({ text }) => text)).toEqual(['kv.create k = "v"', 'kv.create failed: timeout']);
  expect(one([6])).toEqual(one([7]));
});

test('no false verdict, no evidence; of two the shorter', () => {
  expect(shortestEvidence(doubled(), { fine: { valid: true, facts: {} } })).toBeUndefined();
  const long = shortestEvidence(doubled(), { a: failed({ kind: 'x', message: '', evidence: [2, 4, 5] }) });
  const short = shortestEvidence(doubled(), { a: failed({ kind: 'x', message: '', evidence: [2] }) });
  expect(shorterEvidence(long, short)).toBe(short);
  expect(shorterEvidence(undefined, long)).toBe(long);
});

test('the diagram joins a publish with its deliveries, in text as in SVG', () => {
  const evidence = shortestEvidence(doubled(), {
    a: failed({ kind: 'duplicated', message: '', evidence: [2, 4, 5, 7, 8] }),
  });
  if (evidence === undefined) throw new Error('no evidence');
  const diagram = laneDiagram(evidence);
  expect(diagram.lanes).toEqual(['p', 'm', 'n']);
  expect(diagram.arrows).toEqual([
    { fromRow: 0, toRow: 1 },
    { fromRow: 0, toRow: 2 },
  ]);
  expect(diagram.spans).toEqual([{ fromRow: 3, toRow: 4 }]);
  expect(laneText(diagram, { width: 80 })).toMatchInlineSnapshot(`
    "  A = p
      B = m
      C = n
      A     B     C
      ●──   │     │         2 ms  publish p/0 to w
      │     ◀──   │         4 ms  gets p/0 on w (m/sub)
      │     │     ◀──       5 ms  gets p/0 on w (n/sub)
      │     ●──   │         6 ms  kv.create k = "v"
      │     ✕     │         7 ms  kv.create failed: timeout
      ──────────────────    8 ms  settled: nothing more can come"
  `);
  const svg = laneSvg(diagram);
  expect(svg.match(/class="way"/g)).toHaveLength(2);
  expect(svg.match(/<circle/g)).toHaveLength(4);
});

test('no line of a text diagram is wider than the terminal', () => {
  const evidence = shortestEvidence(doubled(), { a: failed({ kind: 'x', message: '', evidence: [2, 4] }) });
  if (evidence === undefined) throw new Error('no evidence');
  const lines = laneText(laneDiagram(evidence), { width: 30 }).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(30);
});

test.each([
  [0, '0 ms'],
  [0.0123, '12.3 µs'],
  [1.234, '1.23 ms'],
  [999, '999 ms'],
  [30_000, '30 s'],
  [43_200_000, '12 h'],
])('%d ms is told as %s', (ms, text) => {
  expect(formatMs(ms)).toBe(text);
});
