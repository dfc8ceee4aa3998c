import { DefiniteError, IndefiniteError, realClock, sleep } from '#core';
import type { Notice } from '#core';
import { connect } from '@nats-io/transport-node';
import type { ConnectionOptions, NatsConnection } from '@nats-io/transport-node';
import { socketOf } from './client-internals.ts';
import { harnessError } from './errors.ts';
import type { Names } from './names.ts';

/** One session's connection, and what it still has to do. */
export interface Link {
  readonly connection: NatsConnection;
  readonly names: Names;
  /** Tells the run, unless the session has crashed. */
  readonly tell: (notice: Notice) => void;
  /** Runs a call. The end of the connection or of the run ends it; the client alone leaves some calls unanswered then. */
  readonly call: <T>(act: () => Promise<T>, options: { readonly signal: AbortSignal }) => Promise<T>;
  /** Remembers work that a handler has begun, and that `settle` and `drain` wait for. */
  readonly work: (task: Promise<void>) => void;
  /** Resolves after `ms`; rejects once the session has crashed or the run is over. */
  readonly pause: (ms: number) => Promise<void>;
  /** Resolves when no handler is at work. */
  readonly idle: () => Promise<void>;
  /** Errors that the server sent without saying what they answer, oldest first. */
  readonly refusals: readonly Error[];
  /** Whether the connection ended without our doing. */
  readonly lost: () => boolean;
  readonly drain: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly crash: () => Promise<void>;
}

/** A connection that does not reconnect: a session that lost it is told so at once, in every run alike. */
export async function openLink(options: {
  readonly connect: ConnectionOptions;
  readonly names: Names;
  readonly tell: (notice: Notice) => void;
  readonly signal: AbortSignal;
}): Promise<Link> {
  const { names, signal } = options;
  const connection = await connect({ ...options.connect, reconnect: false }).catch((error: unknown) => {
    throw harnessError(error);
  });
  const crashed = new AbortController();
  const refusals = collectRefusals(connection);
  const tasks = new Set<Promise<void>>();
  let ours = false;
  /** Ends the calls that are under way. A race with a promise that outlives them would keep each of them for ever. */
  const underWay = new Set<(reason: unknown) => void>();
  const endAll = (reason: unknown): void => {
    for (const reject of underWay) reject(reason);
  };
  connection.closed().then(
    () => endAll(new IndefiniteError('connection-lost')),
    () => endAll(new IndefiniteError('connection-lost')),
  );
  signal.addEventListener('abort', () => endAll(signal.reason), { once: true });
  const idle = async (): Promise<void> => {
    while (tasks.size > 0) await Promise.all(tasks);
  };
  return {
    connection,
    names,
    refusals,
    idle,
    tell: (notice) => {
      if (!crashed.signal.aborted) options.tell(notice);
    },
    async call(act, { signal }) {
      signal.throwIfAborted();
      if (connection.isClosed()) throw new DefiniteError('closed');
      try {
        return await untilEnded(act, underWay);
      } catch (error) {
        throw harnessError(error);
      }
    },
    work(task) {
      const kept = task.catch(() => undefined).finally(() => tasks.delete(kept));
      tasks.add(kept);
    },
    pause: (ms) => sleep(realClock, ms, { signal: AbortSignal.any([signal, crashed.signal]) }),
    lost: () => connection.isClosed() && !ours,
    async drain() {
      ours = true;
      await connection.drain();
      await idle();
    },
    async close() {
      ours = true;
      await connection.close();
    },
    async crash() {
      ours = true;
      crashed.abort();
      socketOf(connection).destroy();
      await connection.closed();
    },
  };
}

async function untilEnded<T>(act: () => Promise<T>, underWay: Set<(reason: unknown) => void>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  underWay.add(reject);
  try {
    act().then(resolve, reject);
    return await promise;
  } finally {
    underWay.delete(reject);
  }
}

function collectRefusals(connection: NatsConnection): readonly Error[] {
  const refusals: Error[] = [];
  const collect = async (): Promise<void> => {
    for await (const status of connection.status()) {
      if (status.type === 'error') refusals.push(status.error);
    }
  };
  collect().catch(() => undefined);
  return refusals;
}
