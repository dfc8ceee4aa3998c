import { DefiniteError, IndefiniteError, sleep } from '#core';
import type { Backend, Clock, Input, Methods, Notice, OpName, Output, Session, SessionId } from '#core';
import type { ProcessState } from './processes.ts';

/** A start that AWS refuses is tried again so often, a second apart. */
const startsMax = 20;
const startAgainMs = 1000;

interface Place {
  readonly backend: Backend;
  readonly clock: Clock;
  /** The latest process of the session. */
  readonly stateOf: () => ProcessState | undefined;
}

interface Opening {
  readonly id: SessionId;
  readonly sink: (notice: Notice) => void;
  readonly signal: AbortSignal;
  readonly echo?: boolean;
}

/** What a process that is started again does first, as its program says. */
type Remembered =
  | { readonly name: 'subscribe'; readonly input: Input<'subscribe'> }
  | { readonly name: 'respond'; readonly input: Input<'respond'> };

/**
 * A session that outlives its process: when that dies, what it had under way fails as when a connection is lost, and a new
 * one subscribes and responds as before. One that watches keys, or has ended, does not die: a watch that begins anew
 * tells its beginning again, on any system.
 */
export async function openRestarting(place: Place, opening: Opening): Promise<Session> {
  const { backend, clock, stateOf } = place;
  const { id, sink, ...options } = opening;
  const remembered: Remembered[] = [];
  let life = await start();

  async function start(): Promise<Life> {
    const alive = { value: true };
    const death = Promise.withResolvers<never>();
    death.promise.catch(() => undefined);
    const session = await backend.open(id, (notice) => void (alive.value && sink(notice)), options);
    const state = stateOf();
    for (const { name, input } of remembered)
      await (name === 'subscribe' ? session[name](input, options) : session[name](input, options));
    if (state !== undefined) {
      state.onDeath = (downMs) => {
        alive.value = false;
        death.reject(new IndefiniteError('connection-lost'));
        const next = startAgain(session, downMs);
        next.catch(() => undefined);
        life = { session, methods: session, died: death.promise, state, next };
      };
    }
    return { session, methods: session, died: death.promise, state, next: undefined };
  }

  async function startAgain(dead: Session, downMs: number): Promise<void> {
    await dead.crash({}, options);
    await sleep(clock, downMs, options);
    for (let starts = 1; ; starts += 1) {
      try {
        life = await start();
        return;
      } catch (error) {
        if (starts === startsMax) throw error;
        await sleep(clock, startAgainMs, options);
      }
    }
  }

  return restartable({ life: () => life, remembered });
}

type CallOptions = { readonly signal: AbortSignal };

interface Life {
  readonly session: Session;
  readonly methods: Methods;
  readonly died: Promise<never>;
  readonly state: ProcessState | undefined;
  /** Once it is dead: until the next one runs. */
  readonly next: Promise<void> | undefined;
}

interface Lives {
  readonly life: () => Life;
  readonly remembered: Remembered[];
}

function restartable({ life, remembered }: Lives): Session {
  const call = async <N extends OpName>(name: N, input: Input<N>, options: CallOptions): Promise<Output<N>> => {
    while (life().next !== undefined) await life().next;
    const { methods, died, state } = life();
    if (state !== undefined && endsOrWatches.has(name)) state.onDeath = undefined;
    return Promise.race([methods[name](input, options), died]);
  };
  /** What was refused is not asked for again. */
  const remembering = async (what: Remembered, ask: () => Promise<null>): Promise<null> => {
    remembered.push(what);
    try {
      return await ask();
    } catch (error) {
      if (error instanceof DefiniteError) remembered.splice(remembered.indexOf(what), 1);
      throw error;
    }
  };
  const method =
    <N extends OpName>(name: N) =>
    (input: Input<N>, options: CallOptions): Promise<Output<N>> =>
      call(name, input, options);
  return {
    publish: method('publish'),
    subscribe: (input, options) => remembering({ name: 'subscribe', input }, () => call('subscribe', input, options)),
    unsubscribe: method('unsubscribe'),
    request: method('request'),
    'request-many': method('request-many'),
    respond: (input, options) => remembering({ name: 'respond', input }, () => call('respond', input, options)),
    flush: method('flush'),
    drain: method('drain'),
    close: method('close'),
    crash: method('crash'),
    'kv.open': method('kv.open'),
    'kv.put': method('kv.put'),
    'kv.get': method('kv.get'),
    'kv.create': method('kv.create'),
    'kv.update': method('kv.update'),
    'kv.delete': method('kv.delete'),
    'kv.purge': method('kv.purge'),
    'kv.history': method('kv.history'),
    'kv.keys': method('kv.keys'),
    'kv.watch': method('kv.watch'),
    'kv.unwatch': method('kv.unwatch'),
    [Symbol.asyncDispose]: async () => {
      while (life().next !== undefined) await life().next;
      const { session, state } = life();
      if (state !== undefined) state.onDeath = undefined;
      await session[Symbol.asyncDispose]();
    },
  };
}

/** After these a process does not die any more: it ends, or counts its messages, or would tell a watch's beginning again. */
const endsOrWatches: ReadonlySet<OpName> = new Set(['unsubscribe', 'drain', 'close', 'crash', 'kv.watch']);
