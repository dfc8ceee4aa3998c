import { AsyncLocalStorage } from 'node:async_hooks';
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';

/** One run on a virtual clock: what it read of the machine's own time and chance first, and where. */
interface Watched {
  first: string | undefined;
}

const runs = new AsyncLocalStorage<Watched>();

/** Read by a run that has its time and chance given; not caught: what is read without a call, or kept from before. */
class AmbientError extends Error {
  override readonly name = 'AmbientError';
}

/**
 * Runs `act`, and all that it starts, where the machine's own time, chance and timers are out of reach: a call of them
 * throws. `ambient` says which was the first and where, also where the error was caught on the way.
 *
 * The AWS SDK reads them for what no history shows (signatures, ids of attempts), and so does Node itself: those may.
 */
export async function withoutAmbient<T>(
  act: () => Promise<T>,
): Promise<{ readonly result: T; readonly ambient: string | undefined }> {
  install();
  const watched: Watched = { first: undefined };
  const result = await runs.run(watched, act);
  return { result, ambient: watched.first };
}

let isInstalled = false;

/** Stays for the life of the process: outside of runs each call goes through at once. */
function install(): void {
  if (isInstalled) return;
  isInstalled = true;
  globalThis.Date = guardedDate(globalThis.Date);
  guard(Math, 'Math', ['random']);
  guard(performance, 'performance', ['now']);
  guard(process.hrtime, 'process.hrtime', ['bigint']);
  guard(process, 'process', ['hrtime', 'uptime', 'cpuUsage']);
  guard(globalThis, '', ['setTimeout', 'setInterval', 'setImmediate', 'fetch']);
  guard(globalThis.crypto, 'crypto', ['randomUUID', 'getRandomValues']);
  guard(crypto, 'crypto', ['randomUUID', 'randomBytes', 'randomInt', 'randomFillSync']);
  guard(timers, 'timers', ['setTimeout', 'setInterval', 'setImmediate']);
  guard(timersPromises, 'timers/promises', ['setTimeout', 'setInterval', 'setImmediate']);
  guard(AbortSignal, 'AbortSignal', ['timeout']);
  guard(os, 'os', ['hostname', 'uptime', 'loadavg', 'freemem', 'networkInterfaces']);
  syncBuiltinESMExports();
}

function guard(owner: object, ownerName: string, names: readonly string[]): void {
  for (const name of names) {
    const original: unknown = Reflect.get(owner, name);
    if (typeof original !== 'function') continue;
    const full = ownerName === '' ? name : `${ownerName}.${name}`;
    const guarded = new Proxy(original, {
      apply(target, self, args: unknown[]) {
        refuse(full);
        return Reflect.apply(target, self, args);
      },
    });
    Object.defineProperty(owner, name, { value: guarded, writable: true, configurable: true, enumerable: true });
  }
}

/** A time that is given may be made into a date; the present one may not. */
function guardedDate(original: DateConstructor): DateConstructor {
  guard(original, 'Date', ['now']);
  const guarded = new Proxy(original, {
    construct(target, args, newTarget) {
      if (args.length === 0) refuse('new Date');
      return Reflect.construct(target, args, newTarget);
    },
    apply(target) {
      refuse('Date');
      return target();
    },
  });
  original.prototype.constructor = guarded;
  return guarded;
}

function refuse(call: string): void {
  const watched = runs.getStore();
  if (watched === undefined) return;
  const place = callerOf();
  if (place === undefined) return;
  watched.first ??= `${call}() at ${place}`;
  throw new AmbientError(`a virtual run has no ${call}(): read at ${place}`);
}

/** Of the SDK's, which no history shows. */
const allowed = /\/node_modules\/@(aws-sdk|aws|smithy|aws-crypto)\//;
/** The guard's own frames and its caller's. */
const framesMax = 8;
const own: ReadonlySet<string | null> = new Set([import.meta.url, import.meta.filename]);

/** Where the call stands in the source; `undefined` where it may. */
function callerOf(): string | undefined {
  const caller = callerSite();
  if (caller === undefined) return undefined;
  const file = caller.getFileName() ?? '<anonymous>';
  if (file.startsWith('node:') || allowed.test(file)) return undefined;
  // As text once more: where sources are mapped, only that is.
  const { stack = '' } = new Error('here');
  const frame = stack.split('\n').find((line) => line.includes(file));
  return frame?.trim().replace(/^at /, '') ?? `${file}:${caller.getLineNumber()}`;
}

/** The SDK reads something for each of its calls, and writing a trace as text would cost it a tenth of its time. */
function callerSite(): NodeJS.CallSite | undefined {
  const { stackTraceLimit } = Error;
  const prepareStackTrace = Reflect.get(Error, 'prepareStackTrace');
  let caller: NodeJS.CallSite | undefined;
  Error.stackTraceLimit = framesMax;
  Error.prepareStackTrace = (_, sites) => {
    caller = sites.find((site) => !own.has(site.getFileName()) && !site.isNative());
  };
  void new Error('here').stack;
  Error.stackTraceLimit = stackTraceLimit;
  Error.prepareStackTrace = prepareStackTrace;
  return caller;
}
