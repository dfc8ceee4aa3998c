import { afterAll, beforeAll } from 'vitest';
import { brand } from '#core';
import type { Notice, Session, SessionId, Settled, Stand } from '#core';
import { accountOf } from '../../../fixtures/nats-server-config.ts';
import { findNats } from '../../../fixtures/nats-server-find.ts';
import { startNats } from '../../../fixtures/nats-server.ts';
import type { NatsServer } from '../../../fixtures/nats-server.ts';
import { natsTarget } from '../../targets/nats.ts';

export const signal = new AbortController().signal;
export const options = { signal };
/** Without a server of the user's. */
export const env = { ...process.env, NATS_URL: undefined };

/** Is a nats-server on this machine? The tests install none. */
export const available = await findNats({ env, signal, tell: () => undefined, install: false }).then(
  () => true,
  () => false,
);

/** One stand on a real nats-server, and what its sessions were told. */
export interface Played {
  readonly stand: Stand;
  readonly notices: readonly Notice[];
  readonly open: (id: string, settings?: { readonly echo?: boolean }) => Promise<Session>;
  readonly settle: () => Promise<Settled>;
}

/** A nats-server for the tests of one file, with the account of a scenario of that name. */
export function natsForTests(scenario: string) {
  let server: NatsServer;
  beforeAll(async () => {
    if (available) server = await startNats({ accounts: [accountOf(scenario)], env, signal });
  });
  afterAll(async () => server?.[Symbol.asyncDispose]());

  return {
    access: () => server.access,
    play: async (act: (played: Played) => Promise<void>, access = server.access): Promise<void> => {
      await using stand = await natsTarget(access).start({
        run: { scenario, profile: 'nats', seed: 'friendly' },
        signal,
      });
      const notices: Notice[] = [];
      await act({
        stand,
        notices,
        open: (id, settings = {}) =>
          stand.backend.open(brand<SessionId>(id), (notice) => notices.push(notice), { signal, ...settings }),
        settle: () => stand.backend.settle({ horizonMs: 10_000, signal }),
      });
    },
  };
}

/** What a promise was rejected with. */
export function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'resolved',
    (error: unknown) => error,
  );
}
