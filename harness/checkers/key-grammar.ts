import type { Anomaly, Checker, History, Verdict } from '#core';
import { conclude } from './conclude.ts';
import { indexHistory, operationsOf } from './index-history.ts';

/** Letters, digits and - / = . _, no dot at either end and none beside another. */
const grammar = /^[-/=\w]+(?:\.[-/=\w]+)*$/;

/**
 * Keys of the grammar are taken, all others refused. `unknown` where not both kinds were put. O(puts).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md
 */
export function keyGrammar(): Checker {
  return { name: 'key-grammar', tests: 'kv-key-grammar', check };
}

function check(history: History): Verdict {
  const anomalies: Anomaly[] = [];
  const seen = { valid: 0, invalid: 0 };
  for (const { call, end, index } of operationsOf(indexHistory(history), 'kv.put')) {
    if (end === undefined || end.kind === 'info') continue;
    const { key } = call.input;
    const isValid = grammar.test(key);
    seen[isValid ? 'valid' : 'invalid'] += 1;
    if ((end.kind === 'ok') === isValid) continue;
    anomalies.push({
      kind: isValid ? 'refused' : 'taken',
      message: isValid ? `key '${key}' was refused: ${end.error}` : `key '${key}' was taken`,
      evidence: [index, end.index],
    });
  }
  return conclude({
    facts: seen,
    anomalies,
    compared: Math.min(seen.valid, seen.invalid),
    nothing: 'not both valid and invalid keys were put',
  });
}
