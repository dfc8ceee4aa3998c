import type { Anomaly, Capability, Checker, History, Verdict } from '#core';
import { conclude, refusals } from './conclude.ts';
import { indexHistory, operationsOf } from './index-history.ts';
import { eventsOf, settledWrites, writeCalls, writesIn } from './key-writes.ts';
import { entryOf } from './outputs.ts';

/**
 * A value is read as the bytes that were written. Judged where the key's only candidates are certain: all its writes had
 * ended before the read. `unknown` where there was no such read. O(reads × writes).
 *
 * @see https://docs.nats.io/nats-concepts/jetstream/key-value-store
 */
export function valuesIntact({ tests = 'kv-values' }: { readonly tests?: Capability } = {}): Checker {
  return { name: 'values-intact', tests, check: checkValues };
}

function checkValues(history: History): Verdict {
  const index = indexHistory(history);
  const writes = writesIn(index);
  const reads = operationsOf(index, 'kv.get');
  const anomalies: Anomaly[] = [...refusals([...writeCalls(index), ...reads], ['wrong-revision'])];
  let compared = 0;
  for (const read of reads) {
    const { call, end, index: at } = read;
    const known = settledWrites(writes, call.input, read);
    const last = known?.at(-1);
    if (end?.kind !== 'ok' || known === undefined || last === undefined || last.kind !== 'PUT') continue;
    compared += 1;
    const entry = entryOf(end.output);
    if (entry !== null && known.some(({ value }) => value === entry.value)) continue;
    anomalies.push({
      kind: entry === null ? 'lost' : 'altered',
      message: `'${call.input.key}' reads as ${entry === null ? 'nothing' : 'a value that nobody wrote'}`,
      evidence: [...eventsOf(last), at, end.index],
    });
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing: 'no value was read that had been written' });
}

/**
 * A key that was never written reads as nothing, without an error. `unknown` where none was read. O(reads × writes).
 *
 * @see https://docs.nats.io/nats-concepts/jetstream/key-value-store
 */
export function missingKey(): Checker {
  return { name: 'missing-key', tests: 'kv-values', check: checkMissing };
}

function checkMissing(history: History): Verdict {
  const index = indexHistory(history);
  const writes = writesIn(index);
  const anomalies: Anomaly[] = [...refusals(operationsOf(index, 'kv.open'))];
  let compared = 0;
  for (const read of operationsOf(index, 'kv.get')) {
    const { call, end, index: at } = read;
    const known = settledWrites(writes, call.input, read);
    if (known === undefined || known.length > 0 || end === undefined || end.kind === 'info') continue;
    compared += 1;
    if (end.kind === 'ok' && entryOf(end.output) === null) continue;
    const got = end.kind === 'ok' ? 'a value' : end.error;
    anomalies.push({
      kind: 'invented',
      message: `'${call.input.key}', which nobody wrote, reads as ${got}`,
      evidence: [at, end.index],
    });
  }
  return conclude({ facts: { compared }, anomalies, compared, nothing: 'no key was read that nobody had written' });
}

/**
 * A session reads what it has written: never a value that was there before its own last write, nor nothing. Judged where
 * all writes of the key had ended before the read and the last was the session's own. `unknown` where there was no such
 * read. O(reads × writes).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md (consistency guarantees)
 */
export function readYourWrites(): Checker {
  return { name: 'read-your-writes', tests: 'kv-read-your-write', check: checkOwn };
}

function checkOwn(history: History): Verdict {
  const index = indexHistory(history);
  const writes = writesIn(index);
  const anomalies: Anomaly[] = [...refusals(writeCalls(index), ['wrong-revision'])];
  let compared = 0;
  for (const read of operationsOf(index, 'kv.get')) {
    const { call, end, index: at, session } = read;
    const last = settledWrites(writes, call.input, read)?.at(-1);
    if (end?.kind !== 'ok' || last?.kind !== 'PUT' || last.operation.session !== session) continue;
    compared += 1;
    const entry = entryOf(end.output);
    if (entry?.value === last.value) continue;
    anomalies.push({
      kind: 'stale',
      message: `${session} wrote '${call.input.key}' and read ${entry === null ? 'nothing' : 'an older value'}`,
      evidence: [...eventsOf(last), at, end.index],
    });
  }
  return conclude({
    facts: { compared },
    anomalies,
    compared,
    nothing: 'no session read a key that it had written last',
  });
}

/**
 * Writers that do not ask for a revision meet no errors: no put of theirs fails. What became of one without an answer is open. `unknown` where no two puts were
 * under way at once. O(puts).
 *
 * @see https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md
 */
export function concurrentWriters(): Checker {
  return { name: 'concurrent-writers', tests: 'kv-concurrent-writers', check: checkWriters };
}

function checkWriters(history: History): Verdict {
  const index = indexHistory(history);
  const puts = operationsOf(index, 'kv.put');
  const concurrent = puts.filter(({ end }, at) => (puts[at + 1]?.index ?? Infinity) < (end?.index ?? Infinity)).length;
  const anomalies: Anomaly[] = puts.flatMap(({ session, call, end, index: at }) => {
    if (end?.kind !== 'fail') return [];
    const message = `put of '${call.input.key}' by ${session} failed: ${end.error}`;
    return [{ kind: 'failed', message, evidence: [at, end.index] as const }];
  });
  return conclude({
    facts: { puts: puts.length, concurrent },
    anomalies,
    compared: concurrent,
    nothing: 'no two puts were under way at once',
  });
}
