import { format } from 'node:util';
import type { EnvironmentOptions } from './environment-options.ts';
import type { HandlerClock } from './handler-clock.ts';
import { ExitSignal } from './handler-error.ts';
import { timerGlobals } from './sandbox-timers.ts';

interface GlobalsOptions extends Omit<EnvironmentOptions, 'clock' | 'variables'> {
  /** The code's own from now on. */
  readonly env: Record<string, string>;
  readonly clock: HandlerClock;
  readonly log: (line: string) => void;
  readonly exit: (signal: ExitSignal) => void;
}

/** What handler code finds beside the language's own: Node's globals, its clock the world's. */
export function sandboxGlobals(options: GlobalsOptions): object {
  const globals: Record<string, unknown> = {
    ...timerGlobals(options.clock),
    console: sandboxConsole(options.log),
    process: sandboxProcess(options),
    performance: { now: () => options.clock.epochMs(), timeOrigin: 0, mark: () => undefined, measure: () => undefined },
    queueMicrotask,
    structuredClone,
    Buffer,
    URL,
    URLSearchParams,
    TextEncoder,
    TextDecoder,
    AbortController,
    AbortSignal,
    Event,
    EventTarget,
    Blob,
    Headers,
    Request,
    Response,
    FormData,
    ReadableStream,
    WritableStream,
    TransformStream,
    atob,
    btoa,
    crypto,
    fetch: busyFetch(options.clock),
  };
  globals['global'] = globals;
  return globals;
}

function sandboxConsole(log: (line: string) => void): object {
  const write =
    (level: string) =>
    (...args: unknown[]) =>
      log(`${level}\t${format(...args)}`);
  const levels = { log: 'INFO', info: 'INFO', debug: 'DEBUG', warn: 'WARN', error: 'ERROR', trace: 'TRACE' };
  return Object.fromEntries(Object.entries(levels).map(([name, level]) => [name, write(level)]));
}

function sandboxProcess({ env, clock, exit, log }: GlobalsOptions): object {
  const started = clock.epochMs();
  return {
    env,
    argv: ['/var/lang/bin/node', '/var/runtime/index.mjs'],
    cwd: () => '/var/task',
    exit: (code?: number) => {
      const signal = new ExitSignal(code ?? 0);
      exit(signal);
      throw signal;
    },
    nextTick: (call: (...args: unknown[]) => void, ...args: unknown[]) => queueMicrotask(() => call(...args)),
    uptime: () => (clock.epochMs() - started) / 1000,
    hrtime: { bigint: () => BigInt(Math.round(clock.epochMs() * 1e6)) },
    memoryUsage: process.memoryUsage,
    version: process.version,
    versions: process.versions,
    platform: 'linux',
    arch: process.arch,
    pid: 1,
    stdout: { write: (text: string) => log(text) },
    stderr: { write: (text: string) => log(text) },
    emitWarning: (warning: unknown) => log(String(warning)),
    on: () => undefined,
    once: () => undefined,
    off: () => undefined,
  };
}

/** Real I/O: a handler that waits for it is at work. */
function busyFetch(clock: HandlerClock): typeof fetch {
  return async (input, init) => {
    const done = clock.busy();
    try {
      return await fetch(input, init);
    } finally {
      done();
    }
  };
}
