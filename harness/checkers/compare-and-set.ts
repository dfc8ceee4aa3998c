import type { Anomaly, Call, Checker, History, Limits, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import { keyModel } from './key-model.ts';
import type { KeyOperation } from './key-model.ts';
import { linearize } from './linearizability.ts';
import type { Interval } from './linearizability.ts';
import type { Operation } from './operation.ts';
import { entryOf, revisionOf } from './outputs.ts';
import { smallestViolation } from './smallest-violation.ts';

/**
 * Creates, updates, puts, deletes and, unless `reads` is false, gets of each key took effect one at a time, each between
 * its call and its return: `create` only where the key held nothing, `update` only at the expected revision, and a
 * conflict only where there was one.
 *
 * A call whose end is unknown may or may not have taken effect. Keys that expire are left out. `unknown` where no key
 * had two calls that ended, or a search visited more than `statesMax` states. Exponential at worst in the number of
 * calls of one key that overlap.
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md
 */
export function compareAndSet({ reads = true, keys = '' }: CompareAndSetOptions = {}): Checker {
  return {
    name: 'compare-and-set',
    tests: 'kv-compare-and-set',
    check: (history, limits) => check(history, limits, { reads, keys }),
  };
}

export interface CompareAndSetOptions {
  readonly reads?: boolean;
  /** Only keys that begin so, where rows of one act are about different keys. */
  readonly keys?: string;
}

interface Judged {
  readonly call: Operation<KeyCall>;
  readonly did: KeyOperation;
}

type KeyCall = 'kv.put' | 'kv.get' | 'kv.create' | 'kv.update' | 'kv.delete' | 'kv.purge';

function check(history: History, limits: Limits, { reads, keys }: Required<CompareAndSetOptions>): Verdict {
  const index = indexHistory(history);
  const calls = operationsOf(index, 'kv.put', 'kv.get', 'kv.create', 'kv.update', 'kv.delete', 'kv.purge').filter(
    ({ call }) => (reads || call.name !== 'kv.get') && call.input.key.startsWith(keys),
  );
  const anomalies: Anomaly[] = [...refusals(calls, ['wrong-revision'])];
  let compared = 0;
  let states = 0;
  let undecided: string | undefined;
  for (const [key, intervals] of intervalsByKey(calls, expiringIn(operationsOf(index, 'kv.open')))) {
    const ended = intervals.filter(({ required }) => required).length;
    if (ended < 2) continue;
    compared += ended;
    const answer = linearize(judgedModel, intervals, limits);
    states += answer.states;
    if (answer.linearizable === 'unknown') undecided ??= key;
    if (answer.linearizable === false)
      anomalies.push(anomalyOf(key, smallestViolation(judgedModel, intervals, limits)));
  }
  const facts = { operations: compared, states };
  if (undecided !== undefined && anomalies.length === 0) {
    return {
      valid: 'unknown',
      facts,
      reason: `the search for an order of '${undecided}' stopped at ${limits.statesMax} states`,
    };
  }
  return conclude({ facts, anomalies, compared, nothing: 'no key had two calls that ended' });
}

const judgedModel = {
  init: keyModel.init,
  key: keyModel.key,
  step: (state: typeof keyModel.init, { did }: Judged) => keyModel.step(state, did),
};

function anomalyOf(key: string, violation: readonly Judged[]): Anomaly {
  const calls = violation.map(({ call }) => call).sort((a, b) => a.index - b.index);
  const events = calls.flatMap(({ index, end }) => (end === undefined ? [index] : [index, end.index]));
  const [first = 0, ...rest] = events.sort((a, b) => a - b);
  return {
    kind: 'not-linearizable',
    message: `no order explains ${calls.map(describe).join(', ')} of '${key}'`,
    evidence: [first, ...rest],
  };
}

function describe({ call, session, end }: Operation<KeyCall>): string {
  const how = end?.kind === 'ok' ? 'ok' : (end?.error ?? 'open');
  return `${call.name.slice('kv.'.length)} by ${session} (${how})`;
}

/** Buckets whose values expire, by name. */
function expiringIn(opens: readonly Operation<'kv.open'>[]): ReadonlySet<string> {
  return new Set(opens.filter(({ call }) => call.input.ttlMs !== undefined).map(({ call }) => call.input.bucket));
}

function intervalsByKey(
  calls: readonly Operation<KeyCall>[],
  expiring: ReadonlySet<string>,
): ReadonlyMap<string, readonly Interval<Judged>[]> {
  const expires = new Set(calls.filter(({ call }) => 'ttlMs' in call.input).map(({ call }) => keyName(call)));
  const keys = new Map<string, Interval<Judged>[]>();
  for (const call of calls) {
    const key = keyName(call.call);
    if (expires.has(key) || expiring.has(call.call.input.bucket)) continue;
    const interval = intervalOf(call);
    if (interval === undefined) continue;
    const intervals = keys.get(key);
    if (intervals === undefined) keys.set(key, [interval]);
    else intervals.push(interval);
  }
  return keys;
}

function keyName({ input }: Extract<Call, { name: KeyCall }>): string {
  return `${input.bucket} ${input.key}`;
}

function intervalOf(call: Operation<KeyCall>): Interval<Judged> | undefined {
  const { end, index } = call;
  const did = operationOf(call);
  if (did === undefined) return undefined;
  const ended = end !== undefined && end.kind !== 'info';
  return {
    operation: { call, did },
    call: index,
    end: ended ? end.index : Infinity,
    required: ended,
    effect: did.kind === 'write',
  };
}

/** What a call did; `undefined` where it certainly did nothing, or nobody saw what it read. */
function operationOf({ call, end }: Operation<KeyCall>): KeyOperation | undefined {
  const expected = expectedOf(call);
  if (end?.kind === 'fail') {
    return end.error === 'wrong-revision' && expected !== undefined ? { kind: 'conflict', expected } : undefined;
  }
  if (call.name === 'kv.get') return end?.kind === 'ok' ? { kind: 'read', entry: entryOf(end.output) } : undefined;
  const value = 'value' in call.input ? call.input.value : null;
  const told = end?.kind === 'ok' && value !== null;
  return {
    kind: 'write',
    value,
    ...(expected === undefined ? {} : { expected }),
    revision: told ? revisionOf(end.output) : null,
  };
}

function expectedOf(call: Extract<Call, { name: KeyCall }>): number | 'absent' | undefined {
  if (call.name === 'kv.create') return 'absent';
  return 'revision' in call.input ? call.input.revision : undefined;
}
