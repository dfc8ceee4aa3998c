import { setImmediate } from 'node:timers/promises';
import { realClock } from '#core';
import type { Backend, Profile, Settled } from '#core';
import { connect } from '@nats-io/transport-node';
import type { ConnectionOptions } from '@nats-io/transport-node';
import { bucketsOf } from './kv.ts';
import type { Watches } from './kv-watch.ts';
import { openLink } from './link.ts';
import type { Link } from './link.ts';
import type { Names } from './names.ts';
import { createSession } from './session.ts';

interface Member {
  readonly link: Link;
  readonly watches: Watches;
}

/** The vocabulary on a NATS server: a connection per session. */
export function createNatsBackend(options: {
  readonly connect: ConnectionOptions;
  readonly names: Names;
  readonly profile: Profile;
}): Backend {
  const members = new Set<Member>();
  let notices = 0;
  return {
    profile: options.profile,
    async open(id, sink, { signal, echo }) {
      const link = await openLink({
        connect: { ...options.connect, name: id, noEcho: echo === false },
        names: options.names,
        signal,
        tell: (notice) => {
          notices += 1;
          sink(notice);
        },
      });
      const watches: Watches = new Map();
      members.add({ link, watches });
      return createSession(link, bucketsOf(link), watches);
    },
    settle: ({ horizonMs, signal }) =>
      settle({
        members,
        notices: () => notices,
        isAlive: () => isAlive(options.connect),
        untilMs: realClock.epochMs() + horizonMs,
        signal,
      }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...members].filter(({ link }) => !link.connection.isClosed()).map(({ link }) => link.close()));
    },
  };
}

/**
 * Flushes every connection until two rounds in a row bring nothing: the first round hands each publish to its
 * subscribers' connections, the second brings it through them; what a handler then does needs further rounds.
 */
async function settle(options: {
  readonly members: ReadonlySet<Member>;
  readonly notices: () => number;
  readonly isAlive: () => Promise<boolean>;
  readonly untilMs: number;
  readonly signal: AbortSignal;
}): Promise<Settled> {
  const { members, notices, isAlive, untilMs, signal } = options;
  for (let quietRounds = 0; quietRounds < 2;) {
    if (realClock.epochMs() > untilMs) return { complete: false };
    const before = notices();
    const isQuiet = await Promise.all([...members].map((member) => round(member, signal)));
    await setImmediate();
    quietRounds = notices() === before && isQuiet.every(Boolean) ? quietRounds + 1 : 0;
  }
  // A connection that the server ended for a reason of its own leaves the others as they are; a dead server does not.
  return { complete: [...members].every(({ link }) => !link.lost()) || (await isAlive()) };
}

async function round({ link, watches }: Member, signal: AbortSignal): Promise<boolean> {
  await link.idle();
  if (link.connection.isClosed()) return true;
  try {
    await link.call(() => link.connection.flush(), { signal });
    const upToDate = await Promise.all([...watches.values()].map((watch) => link.call(watch.isUpToDate, { signal })));
    return upToDate.every(Boolean);
  } catch (error) {
    signal.throwIfAborted();
    // It was lost on the way: there is nothing more to come from it.
    if (link.connection.isClosed()) return true;
    throw error;
  }
}

async function isAlive(options: ConnectionOptions): Promise<boolean> {
  try {
    await using connection = await connect({ ...options, reconnect: false });
    await connection.flush();
    return true;
  } catch {
    return false;
  }
}
