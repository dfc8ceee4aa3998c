import { describe, expect, test } from 'vitest';
import type { Baseline, Expectation } from './baseline.ts';
import { compareWithBaseline, exitCode, rejectOrphans, updateBaseline } from './compare-baseline.ts';
import type { Expected, Result } from './compare-baseline.ts';
import { UsageError } from './errors.ts';
import type { Outcome } from './report.ts';

const result = (outcome: Outcome, more: Partial<Result> = {}): Result => ({
  row: 'QG-001',
  profile: 'design',
  outcome,
  ...more,
});
const entry = (expectation: Expectation): Baseline => ({
  file: 'embedded.json',
  cells: new Map([['QG-001 design', { line: 4, ...expectation }]]),
});
const inFile = (expectation: Expectation, failedProbes: readonly string[] = []): Expected => ({
  kind: 'file',
  baseline: entry(expectation),
  failedProbes: new Set(failedProbes),
});

describe('a cell beside its baseline', () => {
  test('equal: passed', () => {
    expect(compareWithBaseline(result('gap'), inFile({ outcomes: ['gap'], reason: 'x' }))).toEqual({
      expected: ['gap'],
      verdictOnBaseline: 'passed',
    });
  });

  test.each<[Outcome, Expectation['outcomes'][0], string]>([
    ['same', 'gap', ', which is better'],
    ['allowed', 'gap', ', which is better'],
    ['unsupported', 'gap', ', which is better'],
    ['gap', 'same', ', which is worse'],
    ['allowed', 'same', ', which is worse'],
    ['unknown', 'same', ''],
  ])('%s where %s was expected: failed%s', (outcome, expected, how) => {
    expect(compareWithBaseline(result(outcome), inFile({ outcomes: [expected], reason: 'x' }))).toEqual({
      expected: [expected],
      verdictOnBaseline: 'failed',
      message: `QG-001 design: expected '${expected}', was '${outcome}'${how}`,
    });
  });

  test('no entry: fails and names --update-baseline', () => {
    const verdict = compareWithBaseline(
      result('same', { profile: 'exact' }),
      inFile({ outcomes: ['gap'], reason: 'x' }),
    );
    expect(verdict.verdictOnBaseline).toBe('no-entry');
    expect(verdict.message).toContain('--update-baseline');
  });

  test('several outcomes: any of them passes, another fails', () => {
    const several = inFile({ outcomes: ['gap', 'same'], seen: { gap: 18, same: 2 }, reason: 'x' });
    expect(compareWithBaseline(result('same'), several).verdictOnBaseline).toBe('passed');
    expect(compareWithBaseline(result('gap'), several).verdictOnBaseline).toBe('passed');
    expect(compareWithBaseline(result('allowed'), several)).toMatchObject({
      verdictOnBaseline: 'failed',
      message: "QG-001 design: expected 'gap' or 'same', was 'allowed'",
    });
  });

  test('unsupported passes only where the named probe fails', () => {
    const expectation: Expectation = { outcomes: ['same'], unsupportedWithout: 'lambda', reason: 'x' };
    expect(compareWithBaseline(result('unsupported'), inFile(expectation)).verdictOnBaseline).toBe('failed');
    expect(compareWithBaseline(result('unsupported'), inFile(expectation, ['kms'])).verdictOnBaseline).toBe('failed');
    expect(compareWithBaseline(result('unsupported'), inFile(expectation, ['lambda']))).toEqual({
      expected: ['same', 'unsupported'],
      verdictOnBaseline: 'passed',
    });
    expect(compareWithBaseline(result('same'), inFile(expectation, ['lambda'])).verdictOnBaseline).toBe('passed');
  });

  test('no baseline file: expected to be same', () => {
    expect(compareWithBaseline(result('same'), { kind: 'same' }).verdictOnBaseline).toBe('passed');
    expect(compareWithBaseline(result('allowed'), { kind: 'same' }).verdictOnBaseline).toBe('failed');
  });

  test('NATS is same, or unsupported on a server of the user', () => {
    const own = { kind: 'nats', ownServer: true } as const;
    const ours = { kind: 'nats', ownServer: false } as const;
    expect(compareWithBaseline(result('same'), ours).verdictOnBaseline).toBe('passed');
    expect(compareWithBaseline(result('gap'), ours).verdictOnBaseline).toBe('failed');
    expect(compareWithBaseline(result('unsupported'), ours).verdictOnBaseline).toBe('failed');
    expect(compareWithBaseline(result('unsupported'), own).verdictOnBaseline).toBe('passed');
    expect(compareWithBaseline(result('allowed'), own).verdictOnBaseline).toBe('failed');
  });

  test('not run: neither passed nor failed, with or without an entry', () => {
    const notRun = result('not-run', { planned: true });
    expect(compareWithBaseline(notRun, inFile({ outcomes: ['same'] })).verdictOnBaseline).toBe('not-run');
    expect(compareWithBaseline(notRun, { kind: 'same' }).verdictOnBaseline).toBe('not-run');
  });

  test('--no-baseline compares with nothing', () => {
    expect(compareWithBaseline(result('gap'), { kind: 'nothing' })).toEqual({ verdictOnBaseline: 'no-baseline' });
  });
});

test('an entry whose cell no scenario defines is an error that names file and line', () => {
  const baseline = entry({ outcomes: ['same'] });
  expect(() => rejectOrphans(baseline, new Set(['QG-001 exact']))).toThrow(UsageError);
  expect(() => rejectOrphans(baseline, new Set())).toThrow("embedded.json:4: cell 'QG-001 design'");
  expect(() => rejectOrphans(baseline, new Set(['QG-001 design']))).not.toThrow();
});

describe('an update', () => {
  const before = new Map<string, Expectation>([
    ['QG-001 design', { outcomes: ['gap'], reason: 'written by hand' }],
    ['QG-002 design', { outcomes: ['allowed'], reason: 'uneven' }],
  ]);

  test('rewrites the cells that ran, keeps the others, and says what changed', () => {
    expect(updateBaseline(before, [result('same')])).toEqual({
      cells: new Map<string, Expectation>([
        ['QG-001 design', { outcomes: ['same'] }],
        ['QG-002 design', { outcomes: ['allowed'], reason: 'uneven' }],
      ]),
      changes: ['QG-001 design: gap → same'],
    });
  });

  test('keeps the reason of an outcome that did not change', () => {
    expect(updateBaseline(before, [result('gap', { reason: 'from the run' })])).toEqual({ cells: before, changes: [] });
  });

  test('writes a new cell with the reason of the run, as one short line', () => {
    const { cells, changes } = updateBaseline(before, [
      result('gap', { profile: 'exact', reason: `a\nb ${'c'.repeat(300)}` }),
    ]);
    expect(cells.get('QG-001 exact')).toEqual({ outcomes: ['gap'], reason: `a b ${'c'.repeat(195)}…` });
    expect(changes).toEqual(['QG-001 exact: new → gap']);
  });

  test.each(['unknown', 'not-run'] as const)('never writes %s', (outcome) => {
    expect(updateBaseline(before, [result(outcome), result(outcome, { row: 'QG-009' })])).toEqual({
      cells: before,
      changes: [],
    });
  });

  test('counts an outcome into an entry that names several', () => {
    const several = new Map<string, Expectation>([
      [
        'QG-001 design',
        { outcomes: ['gap', 'same'], seen: { gap: 18, same: 2 }, reason: 'x', unsupportedWithout: 'lambda' },
      ],
    ]);
    expect(updateBaseline(several, [result('gap')]).cells.get('QG-001 design')).toEqual({
      outcomes: ['gap', 'same'],
      seen: { gap: 19, same: 2 },
      reason: 'x',
      unsupportedWithout: 'lambda',
    });
    expect(updateBaseline(several, [result('allowed', { reason: 'y' })])).toEqual({
      cells: new Map([
        [
          'QG-001 design',
          {
            outcomes: ['gap', 'same', 'allowed'],
            seen: { gap: 18, same: 2, allowed: 1 },
            reason: 'y',
            unsupportedWithout: 'lambda',
          },
        ],
      ]),
      changes: ['QG-001 design: gap or same → allowed'],
    });
  });
});

describe('the exit code', () => {
  const passed = { ...result('same'), verdictOnBaseline: 'passed' } as const;
  const gapAsExpected = { ...result('gap'), verdictOnBaseline: 'passed' } as const;
  const failed = { ...result('gap'), verdictOnBaseline: 'failed' } as const;
  const better = { ...result('same'), verdictOnBaseline: 'failed' } as const;
  const noEntry = { ...result('same'), verdictOnBaseline: 'no-entry' } as const;
  const unknown = { ...result('unknown'), verdictOnBaseline: 'failed' } as const;
  const planned = { ...result('not-run', { planned: true }), verdictOnBaseline: 'not-run' } as const;
  const notRun = { ...result('not-run'), verdictOnBaseline: 'not-run' } as const;
  const bareGap = { ...result('gap'), verdictOnBaseline: 'no-baseline' } as const;
  const bareAllowed = { ...result('allowed'), verdictOnBaseline: 'no-baseline' } as const;

  test.each([
    ['as promised', [passed, gapAsExpected], 0],
    ['planned not-run leaves it alone', [passed, planned], 0],
    ['worse', [passed, failed], 1],
    ['better', [passed, better], 1],
    ['no entry', [passed, noEntry], 1],
    ['worse comes before unknown', [failed, unknown, notRun], 1],
    ['unknown', [passed, unknown], 2],
    ['not run', [passed, notRun], 2],
    ['nothing but planned not-run compared nothing', [planned], 2],
    ['nothing at all', [], 2],
    ['a gap without a baseline', [bareAllowed, bareGap], 1],
    ['no gap without a baseline', [bareAllowed], 0],
  ] as const)('%s', (_, results, code) => {
    expect(exitCode(results)).toBe(code);
  });
});
