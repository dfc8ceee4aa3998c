import { parentPort, workerData } from 'node:worker_threads';
import type { SubjectMapping } from 'parallax-translator/mappings';
import { UsageError } from '#core';
import { entriesOf } from './law-encode.ts';
import { mappingLaws } from './laws.ts';
import { loadMapping } from './mapping-source.ts';
import { proveRules } from './proof.ts';
import type { VerifyAnswer, VerifyTask } from './verify.ts';

/** In a thread of its own, so that a mapping that never answers can be ended. */
async function answer({ mapping: name, runs, seed, calls, question }: VerifyTask): Promise<VerifyAnswer> {
  try {
    const mapping = observed(await loadMapping(name), calls);
    const entries = entriesOf(mapping);
    if (question === 'entries') return { kind: 'entries', entries };
    const laws = mappingLaws(mapping, { runs, seed }).map(({ name: law, promise, check }) => ({
      name: law,
      promise,
      ...check(),
    }));
    const proof = name === 'exact' ? proveRules(mapping) : undefined;
    return { kind: 'laws', laws, entries, ...(proof === undefined ? {} : { proof }) };
  } catch (error) {
    if (error instanceof UsageError) return { kind: 'unusable', message: error.message };
    throw error;
  }
}

/** Writes down each call before it is made: where one never returns, this is what is known of it. */
function observed(mapping: SubjectMapping, calls: SharedArrayBuffer): SubjectMapping {
  const encoder = new TextEncoder();
  const bytes = new Uint8Array(calls);
  const note = (text: string): void => {
    const { written } = encoder.encodeInto(text.slice(0, 100), bytes);
    bytes.fill(0, written, written + 1);
  };
  return {
    ...mapping,
    encode(subject) {
      note(`encode('${subject}')`);
      return mapping.encode(subject);
    },
    decode(entry) {
      note(`decode(${JSON.stringify(entry)})`);
      return mapping.decode(entry);
    },
    rule(pattern) {
      note(`rule('${pattern}')`);
      return mapping.rule(pattern);
    },
  };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what `verify` gave this worker, and nobody else starts it
const task = workerData as VerifyTask;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port, not a window
parentPort?.postMessage(await answer(task));
