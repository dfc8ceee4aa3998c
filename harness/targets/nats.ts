import { randomBytes } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { ConnectionOptions } from '@nats-io/transport-node';
import { realClock } from '#core';
import type { Stand, Target } from '#core';
import { accountOf } from '../../fixtures/nats-server-config.ts';
import type { NatsAccess } from '../../fixtures/nats-server.ts';
import { createNatsBackend } from '../backends/nats/backend.ts';
import { plainNames, prefixedNames } from '../backends/nats/names.ts';
import type { Names } from '../backends/nats/names.ts';
import { natsProfile, prefixedNatsProfile } from '../backends/nats/profile.ts';

/**
 * A real nats-server. On one of ours each scenario has its account, emptied before the run; on one of the user's each
 * run has a prefix of its own, and its buckets are deleted afterwards.
 */
export function natsTarget(access: NatsAccess | undefined): Target {
  return {
    name: 'nats',
    time: 'real',
    profiles: ['nats'],
    async start({ run }) {
      if (access === undefined) throw new Error('there is no NATS server');
      const { servers, password, login } = access;
      if (password === undefined) {
        return standOn({ servers, ...login }, prefixedNames(`parallax-${randomBytes(6).toString('hex')}`));
      }
      const options = { servers, user: accountOf(run.scenario), pass: password };
      await deleteStreams(options, plainNames);
      return standOn(options, plainNames);
    },
  };
}

function standOn(options: ConnectionOptions, names: Names): Stand {
  const isPrefixed = names !== plainNames;
  const backend = createNatsBackend({
    connect: options,
    names,
    profile: isPrefixed ? prefixedNatsProfile : natsProfile,
  });
  return {
    backend,
    clock: realClock,
    drive: (act) => act,
    choices: () => [],
    requests: () => ({}),
    [Symbol.asyncDispose]: async () => {
      await backend[Symbol.asyncDispose]();
      if (isPrefixed) await deleteStreams(options, names);
    },
  };
}

async function deleteStreams(options: ConnectionOptions, names: Names): Promise<void> {
  await using connection = await connect({ ...options, reconnect: false });
  const manager = await jetstreamManager(connection);
  for await (const { config } of manager.streams.list()) {
    if (names.owns(config.name)) await manager.streams.delete(config.name);
  }
}
