import type { PermissionId } from 'parallax-emulator';
import type { AwsClients } from 'parallax-translator';
import type { Backend, Clock, SessionId } from '#core';
import { openRestarting } from './restarting-session.ts';

/** How long a process stands still: briefly, around the visibility timeouts of the profiles (10 and 30 s), and beyond. */
const pausesMs = [0, 100, 1000, 9_999, 10_000, 10_001, 29_999, 30_000, 30_001, 60_000] as const;
/** How long a process is down until it is started again. */
const downMs = [0, 0, 1000, 31_000] as const;

/** What a session's process works with: its clients and its time stop when it does. */
export interface Process {
  readonly clients: AwsClients;
  readonly clock: Clock;
}

export interface Processes {
  readonly processOf: (session: SessionId) => Process;
  /** The same back end; a session whose process dies is opened again, and subscribes and responds as before. */
  readonly restarting: (backend: Backend) => Backend;
}

/** One process; a session that is started again gets another. */
export interface ProcessState {
  readonly session: SessionId;
  /** Time as it passes whether the process runs or not. */
  readonly clock: Clock;
  pausedUntilMs: number;
  isDead: boolean;
  /** What follows when it dies; a process without it does not. */
  onDeath: ((downMs: number) => void) | undefined;
}

type Choose = (point: PermissionId, key: string, options: number) => number;

/**
 * Each session in a process of its own, which may be paused after an answer came (PROC-pause), or die before it looks at
 * it and be started again (PROC-restart).
 */
export function createProcesses({
  clients,
  clockOf,
  choose,
}: {
  readonly clients: AwsClients;
  /** The time of a session's process while it runs. */
  readonly clockOf: (session: SessionId) => Clock;
  readonly choose: Choose;
}): Processes {
  const states = new Map<SessionId, ProcessState>();
  const counts = new Map<string, number>();

  /** Chosen once an answer is there: what becomes of the process before it looks at it. */
  function strike(state: ProcessState, operation: string): void {
    if (state.isDead) return;
    const name = `${state.session}/${operation}`;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    const pauseMs = pausesMs[choose('PROC-pause', `${name}#${count}`, pausesMs.length)] ?? 0;
    if (pauseMs > 0) state.pausedUntilMs = state.clock.epochMs() + pauseMs;
    if (state.onDeath === undefined) return;
    const option = choose('PROC-restart', `${name}#${count}`, downMs.length);
    if (option === 0) return;
    state.isDead = true;
    state.onDeath(downMs[option] ?? 0);
  }

  return {
    processOf(session) {
      const clock = clockOf(session);
      const state: ProcessState = { session, clock, pausedUntilMs: 0, isDead: false, onDeath: undefined };
      states.set(session, state);
      return { clients: clientsIn(state, clients, strike), clock: clockIn(state) };
    },
    restarting: (backend) => ({
      ...backend,
      open: (id, sink, options) =>
        openRestarting({ backend, clock: clockOf(id), stateOf: () => states.get(id) }, { id, sink, ...options }),
      [Symbol.asyncDispose]: () => backend[Symbol.asyncDispose](),
    }),
  };
}

/** A wake waits until the process runs on, and is forgotten with it. */
function clockIn(state: ProcessState): Clock {
  const { clock } = state;
  return {
    epochMs: clock.epochMs,
    at(dueMs, wake) {
      let cancel = clock.at(dueMs, go);
      function go(): void {
        if (state.isDead) return;
        if (state.pausedUntilMs > clock.epochMs()) cancel = clock.at(state.pausedUntilMs, go);
        else wake();
      }
      return () => cancel();
    },
  };
}

function clientsIn(
  state: ProcessState,
  clients: AwsClients,
  strike: (state: ProcessState, operation: string) => void,
): AwsClients {
  const { clock } = state;
  /** Resolves once the process runs; never where it is dead. */
  const running = async (): Promise<void> => {
    while (state.pausedUntilMs > clock.epochMs()) await until(clock, state.pausedUntilMs);
    // A promise of its own, so that what waits can be collected.
    if (state.isDead) await new Promise<never>(() => undefined);
  };
  function within<C extends { readonly send: (...call: never[]) => Promise<unknown> }>(client: C): C;
  function within(client: { readonly send: (...call: readonly unknown[]) => Promise<unknown> }): unknown {
    return {
      send: async (...call: readonly unknown[]) => {
        await running();
        try {
          return await client.send(...call);
        } finally {
          strike(state, operationOf(call[0]));
          await running();
        }
      },
    };
  }
  return {
    sqs: within(clients.sqs),
    sns: within(clients.sns),
    eventbridge: within(clients.eventbridge),
    dynamodb: within(clients.dynamodb),
    lambda: within(clients.lambda),
    ...(clients.polling === undefined ? {} : { polling: within(clients.polling) }),
  };
}

function until(clock: Clock, dueMs: number): Promise<void> {
  return new Promise((resolve) => void clock.at(dueMs, resolve));
}

function operationOf(command: unknown): string {
  return typeof command === 'object' && command !== null ? command.constructor.name.replace(/Command$/, '') : '';
}
