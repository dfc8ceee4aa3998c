import { Worker } from 'node:worker_threads';
import { realClock } from '../clock.ts';
import type { Environment, Outcome } from './environment.ts';
import type { EnvironmentOptions } from './environment-options.ts';
import type { SdkSend } from './sandbox-sdk.ts';
import { isFromThread } from './thread-messages.ts';
import type { Answer, FromThread, ThreadData, ToThread } from './thread-messages.ts';

/** Environments of one function in a thread of its own, so that code that never yields holds up no other. */
export interface FunctionThread {
  readonly open: (logStream: string) => Environment;
}

/** Code that has not answered a `kill` by then never will: its thread goes. */
const killMs = 500;

/** A thread without work goes, as AWS lets environments go; AWS names no time. */
const idleMs = 600_000;

/** `.ts` in a clone, `.js` in the package. */
const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'));

type ThreadOptions = Pick<EnvironmentOptions, 'files' | 'handler' | 'variables' | 'send'> & {
  readonly seed: number;
};

/** A thread that starts with its first environment and ends with its last. */
export function createFunctionThread({ send, ...data }: ThreadOptions): FunctionThread {
  let running: RunningThread | undefined;
  return {
    open(logStream) {
      if (running === undefined || running.hasEnded()) running = startThread(data, send);
      return running.open(logStream);
    },
  };
}

interface RunningThread extends FunctionThread {
  readonly hasEnded: () => boolean;
}

interface ThreadState {
  readonly post: (message: ToThread) => void;
  /** Invocations, by environment. */
  readonly waiting: Map<number, (outcome: Outcome) => void>;
  /** What cancels the end of the thread, by the environment that is being killed. */
  readonly dying: Map<number, () => void>;
  readonly open: Set<number>;
  lastEnvironment: number;
  ended: boolean;
  /** Puts off the end of the thread for want of work. */
  cancelIdle: () => void;
  /** Whoever waits gets the error document. */
  end: (document: object) => void;
}

function startThread(data: ThreadData, send: SdkSend): RunningThread {
  const worker = new Worker(new URL(`./environment-thread${ending}`, import.meta.url), { workerData: data });
  const state: ThreadState = {
    post: (message) => worker.postMessage(message, []),
    waiting: new Map(),
    dying: new Map(),
    open: new Set(),
    lastEnvironment: 0,
    ended: false,
    cancelIdle: () => undefined,
    end(document) {
      if (state.ended) return;
      state.ended = true;
      state.cancelIdle();
      for (const cancel of state.dying.values()) cancel();
      const outcome = { payload: JSON.stringify(document), failed: true, exited: true };
      for (const answer of state.waiting.values()) answer(outcome);
      worker.terminate().catch(ignore);
    },
  };
  worker.on('message', (message: unknown) => {
    if (isFromThread(message)) take(state, send, message);
  });
  // a promise of the code that nobody waits for rejected, or it threw outside of its handler
  worker.on('error', (error) =>
    state.end({ errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: String(error), trace: [] }),
  );
  worker.on('exit', (code) =>
    state.end({ errorType: 'Runtime.ExitError', errorMessage: `Runtime exited with error: exit status ${code}` }),
  );
  // only now: a listener for messages holds the process again
  worker.unref();
  return { hasEnded: () => state.ended, open: (logStream) => openIn(state, logStream) };
}

function take(state: ThreadState, send: SdkSend, message: FromThread): void {
  switch (message.kind) {
    case 'outcome':
      state.waiting.get(message.environment)?.(message.outcome);
      state.waiting.delete(message.environment);
      if (state.waiting.size === 0) state.cancelIdle = realClock.at(realClock.epochMs() + idleMs, () => state.end({}));
      break;
    case 'killed':
      state.dying.get(message.environment)?.();
      state.dying.delete(message.environment);
      if (state.open.size === 0) state.end({});
      break;
    case 'call':
      answerOf(send(message.service, message.operation, message.input))
        .then((answer) => state.post({ kind: 'answer', call: message.call, answer }))
        .catch(ignore);
      break;
    default:
      message satisfies never;
  }
}

function openIn(state: ThreadState, logStream: string): Environment {
  state.lastEnvironment += 1;
  const environment = state.lastEnvironment;
  state.open.add(environment);
  state.post({ kind: 'open', environment, logStream });
  return {
    invoke: (event, invocation) =>
      new Promise((resolve) => {
        state.cancelIdle();
        state.waiting.set(environment, resolve);
        state.post({ kind: 'invoke', environment, event, invocation });
      }),
    hasEnded: () => state.ended || !state.open.has(environment),
    kill() {
      if (state.ended || !state.open.delete(environment)) return;
      state.waiting.delete(environment);
      state.dying.set(
        environment,
        realClock.at(realClock.epochMs() + killMs, () => state.end({})),
      );
      state.post({ kind: 'kill', environment });
    },
  };
}

async function answerOf(call: Promise<unknown>): Promise<Answer> {
  try {
    return { ok: true, output: await call };
  } catch (error) {
    if (!(error instanceof Error)) return { ok: false, message: String(error), members: {} };
    const members = Object.fromEntries(Object.entries(error));
    return { ok: false, message: error.message, members: { ...members, name: error.name } };
  }
}

/** The thread has gone meanwhile; whoever waited has been told. */
function ignore(): void {
  // nothing is left to do
}
