import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { realClock, UsageError } from '#core';
import type { Clock } from '#core';
import type { LawResult } from './laws.ts';
import type { Proof } from './proof.ts';

export interface VerifyOptions {
  /** A profile's name or a module's file. */
  readonly mapping: string;
  readonly runs: number;
  readonly seed: number;
  /** For the whole answer. */
  readonly limitMs: number;
  readonly clock?: Clock;
}

/** What a worker is asked; `calls` tells which call it is in. */
export interface VerifyTask extends Pick<VerifyOptions, 'mapping' | 'runs' | 'seed'> {
  readonly question: 'laws' | 'entries';
  readonly calls: SharedArrayBuffer;
}

export interface CheckedLaw extends LawResult {
  readonly name: string;
  readonly promise: string;
}

export type VerifyAnswer =
  | {
      readonly kind: 'laws';
      readonly laws: readonly CheckedLaw[];
      readonly proof?: Proof;
      readonly entries: SmallEntries;
    }
  | { readonly kind: 'entries'; readonly entries: SmallEntries }
  | { readonly kind: 'unusable'; readonly message: string };

/** Small subjects with their entries, as canonical JSON. */
type SmallEntries = readonly (readonly [subject: string, entry: string])[];

export interface Verification {
  readonly mapping: string;
  readonly runs: number;
  readonly seed: number;
  readonly kept: boolean;
  readonly laws: readonly CheckedLaw[];
  readonly proof?: Proof;
}

const callBytes = 512;
const memoryMaxMb = 512;

/**
 * Checks the laws of a mapping in a thread of its own, and its entries once more in another, so that what differs from
 * process to process is seen.
 *
 * @throws UsageError where the module does not load, answers another shape, ends the thread, eats all memory or is not
 * done within the limit; then the call it was in is named.
 */
export async function verifyMapping(options: VerifyOptions): Promise<Verification> {
  const { mapping, runs, seed, clock = realClock } = options;
  const dueMs = clock.epochMs() + options.limitMs;
  const [checked, again] = await Promise.all([ask('laws', options, dueMs), ask('entries', options, dueMs)]);
  if (checked.kind !== 'laws') throw new Error(`a worker answered '${checked.kind}' where laws were asked for`);
  const laws = checked.laws.map((law) => (law.name === 'stability' ? withOtherProcess(law, checked, again) : law));
  return {
    mapping,
    runs,
    seed,
    kept: laws.every(({ kept }) => kept) && checked.proof?.difference === undefined,
    laws,
    ...(checked.proof === undefined ? {} : { proof: checked.proof }),
  };
}

function withOtherProcess(law: CheckedLaw, first: { readonly entries: SmallEntries }, again: VerifyAnswer): CheckedLaw {
  if (!law.kept || again.kind !== 'entries') return law;
  const entries = new Map(again.entries);
  const differing = first.entries.find(([subject, entry]) => entries.get(subject) !== entry);
  if (differing === undefined) return law;
  const [subject] = differing;
  const message = `encode('${subject}') is not deterministic: it differs from one process to the next`;
  return { ...law, kept: false, counterexample: { subject, message } };
}

async function ask(question: VerifyTask['question'], options: VerifyOptions, dueMs: number): Promise<VerifyAnswer> {
  const { mapping, runs, seed, limitMs, clock = realClock } = options;
  const calls = new SharedArrayBuffer(callBytes);
  const task: VerifyTask = { question, mapping, runs, seed, calls };
  const worker = new Worker(new URL(`./verify-worker${extname(import.meta.filename)}`, import.meta.url), {
    workerData: task,
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMaxMb },
  });
  const answered = Promise.withResolvers<VerifyAnswer>();
  worker.once('message', (answer: VerifyAnswer) => answered.resolve(answer));
  worker.once('error', (error) => answered.reject(usageErrorOf(error, options, calls)));
  worker.once('exit', () => answered.reject(new UsageError(`mapping '${mapping}' ended its process${during(calls)}`)));
  const cancel = clock.at(dueMs, () => {
    const limit = `${limitMs / 1_000} s`;
    answered.reject(new UsageError(`mapping '${mapping}' was not done within ${limit}${during(calls)}`));
  });
  try {
    const answer = await answered.promise;
    if (answer.kind === 'unusable') throw new UsageError(answer.message);
    return answer;
  } finally {
    cancel();
    await worker.terminate();
  }
}

function usageErrorOf(error: unknown, { mapping }: VerifyOptions, calls: SharedArrayBuffer): UsageError {
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  const words = isMemory ? `used more than ${memoryMaxMb} MB` : `failed: ${why}`;
  return new UsageError(`mapping '${mapping}' ${words}${during(calls)}`, { cause: error });
}

/** The call that the worker was in, as far as it said so. */
function during(calls: SharedArrayBuffer): string {
  const bytes = Buffer.from(new Uint8Array(calls));
  const text = bytes.subarray(0, bytes.indexOf(0)).toString('utf8');
  return text === '' ? ', while it was loaded' : `, in ${text}`;
}
