import { workerData } from 'node:worker_threads';
import type { SubjectMapping } from 'parallax-translator/mappings';
import { UsageError } from '#core';
import { describeError, isUnmappable } from './law-check.ts';
import { MappingShapeError } from './mapping-module.ts';
import { loadMapping } from './mapping-source.ts';
import type { MappingCall, MappingTask, ThreadAnswer } from './mapping-thread.ts';

function answerTo(mapping: SubjectMapping, call: MappingCall): ThreadAnswer {
  try {
    switch (call.name) {
      case 'encode':
        return { kind: 'encode', entry: mapping.encode(call.argument) };
      case 'decode':
        return { kind: 'decode', subject: mapping.decode(call.argument) };
      case 'rule':
        return { kind: 'rule', rule: mapping.rule(call.argument) };
      default:
        return call satisfies never;
    }
  } catch (error) {
    return describeFailure(error);
  }
}

function describeFailure(error: unknown): ThreadAnswer {
  const message = describeError(error);
  if (error instanceof MappingShapeError) return { kind: 'shape', message };
  if (error instanceof UsageError) return { kind: 'unusable', message };
  if (!isUnmappable(error)) return { kind: 'failed', message };
  const [token = '', limit = '', page = ''] = ['token', 'limit', 'page'].map((key) =>
    String(Reflect.get(Object(error), key)),
  );
  return { kind: 'refused', token, limit, page };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what `threadMapping` gave this worker, and nobody else starts it
const { mapping: name, port, answered } = workerData as MappingTask;
const flag = new Int32Array(answered);

/** Who waits for an answer is woken after it is on the port; the first message, which nobody is blocked by, wakes nobody. */
function answer(call: MappingCall, mapping: SubjectMapping): void {
  port.postMessage(answerTo(mapping, call));
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
}

try {
  const mapping = await loadMapping(name);
  port.on('message', (call: MappingCall) => answer(call, mapping));
  port.postMessage({ kind: 'loaded', receiverFilters: mapping.receiverFilters === true } satisfies ThreadAnswer);
} catch (error) {
  port.postMessage(describeFailure(error));
}
