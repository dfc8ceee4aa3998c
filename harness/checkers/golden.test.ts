import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseHistory } from '#core';
import type { HistoryEvent } from '#core';
import * as factories from './index.ts';

const root = fileURLToPath(new URL('../../fixtures/histories', import.meta.url));
const statesMax = 200_000;
const { noEcho, ...plain } = factories;
const checkers = [...Object.values(plain).map((factory) => factory()), noEcho({ quiet: ['quiet'] })];

/** Judges nothing: it only observes. */
const neverFalse = ['request-end'];

describe.each(checkers)('$name', ({ name, check }) => {
  const files = globSync(`${name}/*.jsonl`, { cwd: root }).sort();

  test('has histories of both kinds', () => {
    const kinds = new Set(files.map((file) => file.replace(/^.*\/(valid|invalid)-.*$/, '$1')));
    expect([...kinds].sort()).toEqual(neverFalse.includes(name) ? ['valid'] : ['invalid', 'valid']);
  });

  test.each(files)('%s', (file) => {
    const history = parseHistory(readFileSync(`${root}/${file}`, 'utf8'), file);
    const verdict = check(history, { statesMax });
    expect(verdict).toMatchObject({ valid: file.includes('/valid-') });
    if (verdict.valid !== false) return;
    for (const { evidence } of verdict.anomalies) {
      for (const index of evidence) expect(history.events[index]).toBeDefined();
    }
  });

  test('cannot tell of an empty history', () => {
    const { header } = parseHistory(readFileSync(`${root}/${files[0]}`, 'utf8'), name);
    const settled = { at: 0, kind: 'settled', complete: true } as never;
    expect(check({ header, events: [settled] }, { statesMax })).toMatchObject({ valid: 'unknown', vacuous: true });
  });

  test('says false of a call that the profile lacks, and not that it cannot tell', () => {
    const { header, events } = parseHistory(
      readFileSync(`${root}/${files.find((file) => file.includes('/valid-'))}`, 'utf8'),
      name,
    );
    const kept = events.flatMap((event): readonly HistoryEvent[] => {
      if (event.kind === 'invoke' || event.kind === 'settled') return [event];
      if (event.kind !== 'ok' && event.kind !== 'fail' && event.kind !== 'info') return [];
      const { at, session, op } = event;
      return [{ at, session, op, kind: 'fail' as const, error: 'unsupported' }];
    });
    const { valid } = check({ header, events: kept }, { statesMax });
    expect(valid).toBe(neverFalse.includes(name));
  });
});
