import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellKey, expectedOutcomes, formatBaseline, parseBaseline } from './baseline.ts';
import type { Expectation } from './baseline.ts';
import { UsageError } from './errors.ts';

const file = 'fixtures/baselines/embedded.json';
const withCells = (cells: string) => `{\n  "schema": 1,\n  "cells": {\n${cells}\n  }\n}`;

test('reads outcomes, reasons, frequencies and probes, with their lines', () => {
  const { cells } = parseBaseline(
    withCells(
      [
        '"QG-001 design": {"outcome": "gap", "reason": "duplicates"},',
        '"QG-001 exact": {"outcome": "same"},',
        '"RR-001 design": {"seen": {"gap": 18, "same": 2}, "reason": "late", "unsupportedWithout": "lambda"}',
      ].join('\n'),
    ),
    file,
  );
  expect([...cells]).toEqual([
    ['QG-001 design', { line: 4, outcomes: ['gap'], reason: 'duplicates' }],
    ['QG-001 exact', { line: 5, outcomes: ['same'] }],
    [
      'RR-001 design',
      {
        line: 6,
        outcomes: ['gap', 'same'],
        seen: { gap: 18, same: 2 },
        reason: 'late',
        unsupportedWithout: 'lambda',
      },
    ],
  ]);
});

describe('names file and line of', () => {
  test.each([
    ['broken JSON', withCells('"QG-001 design": {"outcome": "same"'), 6],
    ['another schema', '{\n"schema": 2, "cells": {}}', 2],
    ['no schema', '{"cells": {}}', 1],
    ['no cells', '{"schema": 1}', 1],
    ['an unknown member of the file', '{"schema": 1,\n"cels": {}}', 2],
    ['an unknown member of an entry', withCells('"QG-001 design": {"outcome": "same",\n"why": "x"}'), 5],
    ['a cell that is none', withCells('"QG-1 design": {"outcome": "same"}'), 4],
    ['a cell that stands twice', withCells('"QG-001 x": {"outcome": "same"},\n"QG-001 x": {"outcome": "same"}'), 5],
    ['an unknown expectation', withCells('"QG-001 x": {"outcome": "unknown", "reason": "x"}'), 4],
    ['an expected not-run', withCells('"QG-001 x": {"outcome": "not-run", "reason": "x"}'), 4],
    ['a word that is no outcome', withCells('"QG-001 x": {"seen": {"fine": 1}, "reason": "x"}'), 4],
    ['neither outcome nor seen', withCells('"QG-001 x": {"reason": "x"}'), 4],
    ['both outcome and seen', withCells('"QG-001 x": {"outcome": "same", "seen": {"same": 1}}'), 4],
    ['an empty seen', withCells('"QG-001 x": {"seen": {}}'), 4],
    ['a count that is none', withCells('"QG-001 x": {"seen": {"same": 1.5}}'), 4],
    ['a gap without a reason', withCells('"QG-001 x": {"outcome": "gap"}'), 4],
    ['a reason of two lines', withCells('"QG-001 x": {"outcome": "gap", "reason": "a\\nb"}'), 4],
    ['an empty reason', withCells('"QG-001 x": {"outcome": "gap", "reason": ""}'), 4],
    ['a list', '[]', 1],
    ['cells that are a list', '{"schema": 1,\n"cells": []}', 2],
  ])('%s', (_, text, line) => {
    expect(() => parseBaseline(text, file)).toThrow(UsageError);
    expect(() => parseBaseline(text, file)).toThrow(`baseline ${file}:${line}: `);
  });
});

test('reads what it writes', () => {
  const outcome = fc.constantFrom(...expectedOutcomes);
  const line = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
  const probe = fc.option(fc.record({ unsupportedWithout: fc.constant('lambda') }), { nil: {} });
  const expectation: fc.Arbitrary<Expectation> = fc.oneof(
    fc.tuple(outcome, line, probe).map(([one, reason, rest]) => ({ outcomes: [one], reason, ...rest }) as const),
    fc
      .tuple(fc.uniqueArray(outcome, { minLength: 1 }), fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), line)
      .map(([outcomes, counts, reason]) => ({
        outcomes: outcomes as unknown as Expectation['outcomes'],
        seen: Object.fromEntries(outcomes.map((name, index) => [name, counts[index] ?? 0])),
        reason,
      })),
  );
  const key = fc.nat(999).map((n) => cellKey({ row: `QG-${String(n).padStart(3, '0')}`, profile: 'design' }));
  fc.assert(
    fc.property(fc.dictionary(key, expectation), (entries) => {
      const text = formatBaseline({ cells: new Map(Object.entries(entries)) });
      const read = [...parseBaseline(text, file).cells].map(([name, { line: _, ...rest }]) => [name, rest]);
      expect(Object.fromEntries(read)).toEqual(entries);
    }),
  );
});

test('writes a cell a line, sorted', () => {
  const cells = new Map<string, Expectation>([
    ['QG-002 exact', { outcomes: ['same'] }],
    ['QG-001 exact', { outcomes: ['gap'], reason: 'x' }],
  ]);
  expect(formatBaseline({ cells }).split('\n').slice(3, 5)).toEqual([
    '    "QG-001 exact": {"outcome":"gap","reason":"x"},',
    '    "QG-002 exact": {"outcome":"same"}',
  ]);
});
