import { connect } from 'parallax-translator';
import type { AwsClients, Connection, Fixes, ProfileName, SubjectMapping } from 'parallax-translator';
import type { Backend, Clock, SessionId } from '#core';
import { createDeployments } from './deployed.ts';
import { awsProfiles } from './profile.ts';
import { createSession } from './session.ts';
import { quietSettle } from './settle.ts';

export interface AwsBackendOptions {
  readonly profile: ProfileName;
  /** Of `mended`: the fixes that are made; all where absent. */
  readonly fixes?: Fixes;
  /** Of `mended`: in place of the document's mapping. */
  readonly mapping?: SubjectMapping;
  readonly clients: AwsClients;
  readonly clock: Clock;
  /** What a session's process works with; `clients` and `clock` where absent. */
  readonly processOf?: (session: SessionId) => { readonly clients: AwsClients; readonly clock: Clock };
  /** In [0, 1), from the run's seed. */
  readonly random: () => number;
  /** Begins the names of all resources of the run. */
  readonly prefix: string;
  /** On a virtual clock what lets it run; in real time how long nothing may come before the run counts as settled. */
  readonly settle: Backend['settle'] | { readonly quietMs: number };
  readonly onError?: (error: unknown) => void;
}

/** In real time, where a profile leaves it open: the visibility timeout, so that a run need not wait half a minute. */
const realVisibilitySeconds = 2;

/** A wait for quiet gives up after so long. */
const settleMaxMs = 60_000;

/** The vocabulary on the translator: a connection per session. */
export function createAwsBackend(options: AwsBackendOptions): Backend {
  const { clients, clock, random, prefix, profile } = options;
  const connections = new Set<Connection>();
  const onError = options.onError ?? (() => undefined);
  const deployments = profile === 'exact' ? undefined : createDeployments({ clients, clock, random, prefix, onError });
  let lastNoticeMs = 0;
  const real = typeof options.settle === 'object' ? options.settle : undefined;
  const settle =
    typeof options.settle === 'function'
      ? options.settle
      : quietSettle({
          clock,
          quietMs: options.settle.quietMs,
          waitMaxMs: settleMaxMs,
          lastNoticeMs: () => lastNoticeMs,
        });
  return {
    profile: awsProfiles[profile],
    open: async (id, sink, { signal, echo }) => {
      const process = options.processOf?.(id) ?? { clients, clock };
      const connection = await connect({
        profile,
        ...process,
        random,
        prefix,
        ...(options.fixes !== undefined && { fixes: options.fixes }),
        ...(options.mapping !== undefined && { mapping: options.mapping }),
        ...(echo !== undefined && { echo }),
        ...(real !== undefined && { visibilityTimeoutSeconds: realVisibilitySeconds }),
        onError,
      });
      connections.add(connection);
      return createSession({
        connection: {
          ...connection,
          abandon: () => {
            connections.delete(connection);
            connection.abandon();
          },
        },
        clock: process.clock,
        signal,
        ...(deployments !== undefined && { deployments }),
        sink: (notice) => {
          lastNoticeMs = clock.epochMs();
          sink(notice);
        },
      });
    },
    settle: async (wait) => {
      await Promise.all(connections.values().map((connection) => connection.flush()));
      return settle(wait);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(connections.values().map((connection) => connection.close()));
      await deployments?.close();
    },
  };
}
