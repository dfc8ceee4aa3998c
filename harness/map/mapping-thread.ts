import { extname } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { realClock, UsageError } from '#core';
import type { Clock } from '#core';
import { UnmappableError } from 'parallax-translator/mappings';
import type { EventEntry, EventPattern, SubjectMapping } from 'parallax-translator/mappings';
import { MappingShapeError } from './mapping-module.ts';

/** A mapping that may be slow or never answer, with its thread. */
export interface ThreadMapping extends AsyncDisposable {
  readonly mapping: SubjectMapping;
}

/** One call of the mapping's functions; the answers come in the order of the calls. */
export type MappingCall =
  | { readonly name: 'encode' | 'rule'; readonly argument: string }
  | { readonly name: 'decode'; readonly argument: EventEntry };

export interface MappingTask {
  readonly mapping: string;
  readonly port: MessagePort;
  /** Set to 1 when an answer is on the port. */
  readonly answered: SharedArrayBuffer;
}

export type ThreadAnswer =
  | { readonly kind: 'loaded'; readonly receiverFilters: boolean }
  | { readonly kind: 'encode'; readonly entry: EventEntry }
  | { readonly kind: 'decode'; readonly subject: string }
  | { readonly kind: 'rule'; readonly rule: EventPattern }
  /** Does not load; answers what is no entry, subject or rule; throws. */
  | { readonly kind: 'unusable' | 'shape' | 'failed'; readonly message: string }
  | { readonly kind: 'refused'; readonly token: string; readonly limit: string; readonly page: string };

type Asking = (call: MappingCall) => ThreadAnswer;

const memoryMaxMb = 512;
const namedCharactersMax = 100;

/**
 * Loads the module in a thread of its own. Its functions are called as any other, and each waits for its answer: `limitMs`
 * is for each call, or for all of them together where `whole` is set.
 *
 * @throws UsageError where the module does not load in time; so do the functions where they do not answer in time.
 */
export async function threadMapping(
  name: string,
  { limitMs, whole = false, clock = realClock }: ThreadLimits,
): Promise<ThreadMapping> {
  const { port1: port, port2 } = new MessageChannel();
  const answered = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const task: MappingTask = { mapping: name, port: port2, answered };
  const worker = new Worker(new URL(`./mapping-thread-worker${extname(import.meta.filename)}`, import.meta.url), {
    workerData: task,
    transferList: [port2],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMaxMb },
  });
  const end = async (): Promise<void> => {
    port.close();
    await worker.terminate();
  };
  const dueMs = clock.epochMs() + limitMs;
  const flag = new Int32Array(answered);

  function ask(call: MappingCall): ThreadAnswer {
    const waitMs = whole ? Math.max(0, dueMs - clock.epochMs()) : limitMs;
    Atomics.store(flag, 0, 0);
    port.postMessage(call);
    const isLate = Atomics.wait(flag, 0, 0, waitMs) === 'timed-out';
    const received: { readonly message: ThreadAnswer } | undefined = isLate ? undefined : receiveMessageOnPort(port);
    if (received === undefined) throw tooLate(name, limitMs, `in ${describeCall(call)}`);
    return received.message;
  }

  try {
    const loaded = await firstAnswer({ name, port, worker, limitMs, clock });
    if (loaded.kind !== 'loaded') throw failureOf(loaded);
    const mapping = { ...functionsOf(ask), receiverFilters: loaded.receiverFilters };
    return { mapping, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

interface ThreadLimits {
  readonly limitMs: number;
  readonly whole?: boolean;
  readonly clock?: Clock;
}

function functionsOf(ask: Asking): SubjectMapping {
  return {
    encode(argument) {
      const answer = ask({ name: 'encode', argument });
      if (answer.kind === 'encode') return answer.entry;
      throw failureOf(answer);
    },
    decode(argument) {
      const answer = ask({ name: 'decode', argument });
      if (answer.kind === 'decode') return answer.subject;
      throw failureOf(answer);
    },
    rule(argument) {
      const answer = ask({ name: 'rule', argument });
      if (answer.kind === 'rule') return answer.rule;
      throw failureOf(answer);
    },
  };
}

function failureOf(answer: ThreadAnswer): Error {
  switch (answer.kind) {
    case 'refused':
      return new UnmappableError(answer.token, answer.limit, answer.page);
    case 'shape':
      return new MappingShapeError(answer.message);
    case 'unusable':
      return new UsageError(answer.message);
    case 'failed':
      return new Error(answer.message);
    default:
      return new Error(`a mapping's thread answered '${answer.kind}' to another call`);
  }
}

async function firstAnswer({
  name,
  port,
  worker,
  limitMs,
  clock,
}: {
  readonly name: string;
  readonly port: MessagePort;
  readonly worker: Worker;
  readonly limitMs: number;
  readonly clock: Clock;
}): Promise<ThreadAnswer> {
  const first = Promise.withResolvers<ThreadAnswer>();
  port.once('message', (answer: ThreadAnswer) => first.resolve(answer));
  const ended = (why: string) => first.reject(new UsageError(`mapping '${name}' ${why}, while it was loaded`));
  worker.once('error', ({ message }: Error) => ended(`failed: ${message.split('\n')[0]}`));
  worker.once('exit', () => ended('ended its process'));
  const cancel = clock.at(clock.epochMs() + limitMs, () => first.reject(tooLate(name, limitMs, 'while it was loaded')));
  try {
    return await first.promise;
  } finally {
    cancel();
    // From now on the port is read call by call, and the thread keeps no process alive.
    port.unref();
    worker.unref();
  }
}

function tooLate(name: string, limitMs: number, where: string): UsageError {
  return new UsageError(`mapping '${name}' was not done within ${limitMs / 1_000} s, ${where}`);
}

function describeCall({ name, argument }: MappingCall): string {
  const text = typeof argument === 'string' ? `'${argument}'` : JSON.stringify(argument);
  return `${name}(${text.length > namedCharactersMax ? `${text.slice(0, namedCharactersMax)}…` : text})`;
}
