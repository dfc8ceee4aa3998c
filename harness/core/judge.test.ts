import { describe, expect, test } from 'vitest';
import { capabilities } from './capability.ts';
import type { Capability, Profile, Support } from './capability.ts';
import { judgeCell, judgeRow } from './judge.ts';
import type { JudgedRun, Judgement } from './judge.ts';
import type { Level, Row } from './scenario.ts';
import type { Observation, Verdict } from './verdict.ts';

const full = Object.fromEntries(Object.keys(capabilities).map((name) => [name, { level: 'full' }])) as Profile;
const withSupport = (name: Capability, support: Support): Profile => ({ ...full, [name]: support });
const page = 'https://example.org/page';

const ok: Verdict = { valid: true, facts: {} };
const no: Verdict = {
  valid: false,
  facts: {},
  anomalies: [
    { kind: 'lost', message: 'm was lost', evidence: [0] },
    { kind: 'lost', message: 'n was lost', evidence: [1] },
  ],
};
const limit: Verdict = { valid: 'unknown', facts: {}, reason: 'search stopped' };
const vacuous: Verdict = { valid: 'unknown', facts: {}, reason: 'nothing compared', vacuous: true };
const saw = (observations: Record<string, Observation>): Verdict => ({ valid: true, facts: {}, observations });

function judge(
  level: Level,
  verdicts: Record<string, Verdict>,
  run: Partial<JudgedRun> = {},
  profile: Profile = full,
): Judgement {
  const checks = Object.keys(verdicts).map((name) => ({ name, tests: 'delivery', check: () => ok }) as const);
  const row: Row = {
    id: 'PUB-001',
    level,
    source: page,
    requires: ['delivery', 'no-duplicates'],
    checks: checks as unknown as Row['checks'],
  };
  return judgeRow({ row, profile, run: { seed: 'friendly', reference: undefined, checks: verdicts, ...run } });
}

describe('a row in one run', () => {
  const none = withSupport('no-duplicates', { level: 'none', why: 'no such call', source: page });

  test('1. a required capability that the profile lacks: unsupported, with reason and source', () => {
    expect(judge('MUST', { a: no }, {}, none)).toEqual({
      outcome: 'unsupported',
      reason: `no-duplicates: no such call (${page})`,
    });
  });

  test('1. comes before a run that broke off', () => {
    expect(judge('MUST', { a: limit }, { failure: 'boom' }, none).outcome).toBe('unsupported');
  });

  test('1. a promise declared weaker softens nothing', () => {
    const weaker = withSupport('no-duplicates', { level: 'weaker', why: 'at least once', source: page });
    expect(judge('MUST', { a: no }, {}, weaker).outcome).toBe('gap');
    expect(judge('MUST', { a: ok }, {}, weaker).outcome).toBe('same');
  });

  test('1. a capability the row does not require may be none', () => {
    expect(
      judge('MUST', { a: ok }, {}, withSupport('headers', { level: 'none', why: 'x', source: page })).outcome,
    ).toBe('same');
  });

  test('2. a false check of a MUST: gap, with the first anomaly', () => {
    expect(judge('MUST', { a: ok, b: no })).toEqual({ outcome: 'gap', reason: 'b: m was lost' });
  });

  test('2. comes before a check that could not tell, and before a run that broke off', () => {
    expect(judge('MUST', { a: limit, b: no }, { failure: 'boom' }).outcome).toBe('gap');
  });

  test('3. a check that could not tell: unknown', () => {
    expect(judge('MUST', { a: ok, b: limit })).toEqual({ outcome: 'unknown', reason: 'b: search stopped' });
  });

  test('3. a check that compared nothing: unknown, and vacuous', () => {
    expect(judge('MUST', { a: vacuous, b: ok })).toEqual({
      outcome: 'unknown',
      reason: 'a: nothing compared',
      vacuous: true,
    });
  });

  test('3. a check that hit a limit weighs more than one that compared nothing', () => {
    expect(judge('MUST', { a: vacuous, b: limit })).toEqual({ outcome: 'unknown', reason: 'b: search stopped' });
  });

  test('3. a check without a verdict: unknown', () => {
    expect(judge('MUST', { a: ok }, { checks: {} })).toEqual({ outcome: 'unknown', reason: 'a: was not checked' });
  });

  test('3. a run that broke off: unknown, whatever the checks say', () => {
    expect(judge('MUST', { a: ok }, { failure: 'server died' })).toEqual({
      outcome: 'unknown',
      reason: 'the run broke off: server died',
    });
  });

  test.each(['SHOULD', 'MAY'] as const)('3. comes before a false %s', (level) => {
    expect(judge(level, { a: no, b: limit }).outcome).toBe('unknown');
  });

  test('3. a row that observes without a reference: unknown', () => {
    expect(judge('MUST', { a: saw({ error: { word: 'timeout' } }) }).outcome).toBe('unknown');
    expect(judge('MUST', { a: saw({ error: { word: 'timeout' } }) }, { reference: { state: 'open' } }).outcome).toBe(
      'unknown',
    );
  });

  test('3. what NATS was observed to do must be observed here', () => {
    expect(judge('MUST', { a: ok }, { reference: { error: 'timeout' } })).toEqual({
      outcome: 'unknown',
      reason: 'error: was observed on NATS and not here',
    });
    expect(judge('SHOULD', { a: no }, { reference: { error: 'timeout' } }).outcome).toBe('allowed');
  });

  test.each(['SHOULD', 'MAY'] as const)('4. a false check of a %s: allowed, weaker', (level) => {
    expect(judge(level, { a: ok, b: no })).toEqual({
      outcome: 'allowed',
      direction: 'weaker',
      reason: 'b: m was lost',
    });
  });

  test('4. an observation unlike that of NATS: allowed, in the direction of its checker, else different', () => {
    const reference = { error: 'no-responders' };
    expect(judge('MUST', { a: saw({ error: { word: 'timeout', unlike: 'weaker' } }) }, { reference })).toEqual({
      outcome: 'allowed',
      direction: 'weaker',
      reason: "error: 'timeout' where NATS is 'no-responders'",
    });
    expect(judge('MUST', { a: saw({ error: { word: 'timeout' } }) }, { reference }).direction).toBe('different');
    expect(judge('MUST', { a: saw({ error: { word: 'x', unlike: 'stronger' } }) }, { reference }).direction).toBe(
      'stronger',
    );
  });

  test('4. observations that differ both ways: different', () => {
    const observations = {
      error: { word: 'x', unlike: 'stronger' },
      state: { word: 'y', unlike: 'weaker' },
    } as const;
    expect(judge('MUST', { a: saw(observations) }, { reference: { error: '-', state: '-' } }).direction).toBe(
      'different',
    );
  });

  test('4. only friendly runs are compared with NATS', () => {
    const unlike = { a: saw({ error: { word: 'timeout' } }) };
    expect(judge('MUST', unlike, { seed: 7, reference: { error: 'no-responders' } }).outcome).toBe('same');
    expect(judge('MUST', unlike, { seed: 7 }).outcome).toBe('same');
  });

  test('5. else same: also what NATS itself was observed to do', () => {
    expect(judge('MUST', { a: ok, b: ok })).toEqual({ outcome: 'same' });
    expect(judge('SHOULD', { a: saw({ error: { word: 'x' } }) }, { reference: { error: 'x' } })).toEqual({
      outcome: 'same',
    });
    expect(judge('SHOULD', { a: saw({ error: { word: 'x' } }) }, { reference: 'itself' })).toEqual({
      outcome: 'same',
    });
  });
});

describe('a cell', () => {
  const same: Judgement = { outcome: 'same' };
  const gap: Judgement = { outcome: 'gap', reason: 'lost' };
  const allowed: Judgement = { outcome: 'allowed', direction: 'weaker', reason: 'late' };
  const unknown: Judgement = { outcome: 'unknown', reason: 'limit' };
  const nothing: Judgement = { outcome: 'unknown', reason: 'nothing', vacuous: true };
  const unsupported: Judgement = { outcome: 'unsupported', reason: 'no call' };

  test.each<[string, readonly Judgement[], string, number]>([
    ['a gap in any run is a gap', [same, allowed, unknown, gap, gap], 'gap', 3],
    ['a gap comes before an unknown friendly run', [unknown, gap], 'gap', 1],
    ['unsupported', [unsupported, unsupported], 'unsupported', 0],
    ['the friendly run was unknown', [unknown, allowed], 'unknown', 0],
    ['the friendly run compared nothing', [nothing, same], 'unknown', 0],
    ['an adverse run hit a limit', [allowed, same, unknown], 'unknown', 2],
    ['all adverse runs compared nothing', [same, nothing, nothing], 'unknown', 1],
    ['one adverse run among others compared nothing', [same, nothing, same], 'same', 0],
    ['one compared nothing, another was allowed', [same, nothing, allowed], 'allowed', 2],
    ['allowed in any run', [same, same, allowed], 'allowed', 2],
    ['same in every run', [same, same], 'same', 0],
    ['no adverse runs', [same], 'same', 0],
    ['no run at all', [], 'not-run', 0],
    ['not run', [{ outcome: 'not-run', reason: 'no server' }], 'not-run', 0],
  ])('%s', (_, runs, outcome, decidedBy) => {
    expect(judgeCell(runs)).toMatchObject({ outcome, decidedBy });
  });

  test('carries reason and direction of the run that decided', () => {
    expect(judgeCell([same, allowed])).toEqual({ ...allowed, decidedBy: 1 });
  });
});
