import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import {
  client,
  createVirtualClock,
  createWorld,
  isPermissionId,
  loadService,
  requestHandler,
  retryStrategy,
  serviceNames,
} from 'parallax-emulator';
import type { OwnedWorld, Permits, VirtualClock } from 'parallax-emulator';
import type { AwsClients, Fixes, SubjectMapping } from 'parallax-translator';
import type { HttpAuthScheme } from '@smithy/types';
import { hashText, seededRandom } from '#core';
import type { Choice, Clock, SessionId, Target } from '#core';
import { createAwsBackend } from '../backends/aws/index.ts';
import { createDriver } from '../drive.ts';
import { aimsAtProcesses, createStrategy, isStrategyName } from '../explore/strategies.ts';
import { profileNames } from '../options.ts';
import { createProcesses } from './processes.ts';
import { sdkClients } from './sdk-clients.ts';
import type { AroundCall } from './sdk-clients.ts';

/** Loading a service takes real time, which a virtual clock does not see. */
const servicesLoaded = Promise.all(serviceNames().map(loadService));

/**
 * The emulator in this process, a world a run, on a virtual clock. A friendly run sends through the real SDK, whose
 * bytes reach the world without a socket; an adverse one, and one about scale, calls the operations themselves, which is
 * forty times faster and, as a property test of the emulator holds, gives the same history.
 */
export const embeddedTarget: Target = createEmbeddedTarget();

/**
 * As `embeddedTarget`; `fixes` are those that `mended` makes, all where absent. With a `mapping` of the user's there is one
 * profile, `mapping`: that mapping on rules with SQS targets, all else as `mended` does it. `permit` is what AWS may do in
 * an adverse run, everything where absent.
 */
export function createEmbeddedTarget({
  fixes,
  mapping,
  permit = 'all',
}: { readonly fixes?: Fixes; readonly mapping?: SubjectMapping; readonly permit?: Permits } = {}): Target {
  const profiles: readonly string[] = mapping === undefined ? profileNames : ['mapping'];
  return {
    name: 'embedded',
    time: 'virtual',
    profiles,
    async start({ run, replay, strategy = 'uniform', scale = false }) {
      const profile = mapping === undefined ? profileNames.find((name) => name === run.profile) : 'mended';
      if (profile === undefined || !profiles.includes(run.profile))
        throw new Error(`'${run.profile}' is no profile of AWS`);
      await servicesLoaded;
      if (!isStrategyName(strategy)) throw new Error(`'${strategy}' is no strategy`);
      const friendly = run.seed === 'friendly';
      const clock = createVirtualClock(
        friendly ? {} : { order: (key, options) => world.choose('NET-order', key, options) },
      );
      // What is random and no choice, ids and jitter, is the same in every schedule: choices alone repeat a run.
      const idSeed = hashText(`${run.scenario} ${run.profile}`);
      const world = createWorld({
        clock,
        seed: friendly ? 0 : run.seed,
        idSeed,
        permissions: friendly || replay !== undefined ? [] : permit,
        ...(replay === undefined ? {} : { choices: replay.flatMap(knownChoice) }),
        strategy: friendly ? undefined : createStrategy(strategy, run.seed),
      });
      const { clients, inSdk } =
        friendly && !scale ? createSdkClients(world) : createDoorClients(world, profile === 'exact');
      const driver = createDriver(clock, () => world.inFlight() + inSdk() > 0);
      const processes =
        aimsAtProcesses(strategy) || replay?.some(({ point }) => point.startsWith('PROC-')) === true
          ? createProcesses({ clients, clockOf: (session) => named(clock, session), choose: world.choose })
          : undefined;
      const processOf = processes?.processOf ?? ((session: SessionId) => ({ clients, clock: named(clock, session) }));
      const backend = createAwsBackend({
        profile,
        ...(fixes === undefined ? {} : { fixes }),
        ...(mapping === undefined ? {} : { mapping }),
        clients,
        clock,
        ...(friendly ? {} : { processOf }),
        random: seededRandom(idSeed),
        prefix: 'run',
        settle: driver.settle,
      });
      return {
        backend: processes?.restarting(backend) ?? backend,
        clock: named(clock, 'scenario'),
        drive: driver.drive,
        choices: world.fired,
        requests: world.requests,
        [Symbol.asyncDispose]: () => driver.drive(Promise.resolve(backend[Symbol.asyncDispose]())),
      };
    },
  };
}

interface RunClients {
  readonly clients: AwsClients;
  readonly inSdk: () => number;
}

/**
 * Real SDK clients on the world. `inSdk` counts the calls that are in the SDK's own hands, on its way to the world or back:
 * they may wait there for more than the event loop's next turn, for a module or a file of settings. A call that is parked
 * in the world between two attempts counts there as one less.
 */
function createSdkClients(world: OwnedWorld): RunClients {
  let inSdk = 0;
  const door = requestHandler(world);
  const config = {
    region: world.region,
    credentials: { accessKeyId: world.accountId, secretAccessKey: 'embedded' },
    retryStrategy: retryStrategy(world),
    requestHandler: {
      ...door,
      handle: async (...call: Parameters<typeof door.handle>) => {
        inSdk -= 1;
        try {
          return await door.handle(...call);
        } finally {
          inSdk += 1;
        }
      },
    },
  };
  const count: AroundCall = (next) => async (args) => {
    inSdk += 1;
    try {
      return await next(args);
    } finally {
      inSdk -= 1;
    }
  };
  const configOf = (service: string) => ({ ...config, httpAuthSchemes: [scopeScheme(world, service)] });
  const clients = sdkClients({ config: configOf, around: () => count });
  for (const { middlewareStack } of Object.values(clients)) {
    for (const name of unread) middlewareStack.remove(name);
  }
  return { clients, inSdk: () => inSdk };
}

/** What the SDK sends for the sake of logs and traces, a fifth of a call's time. */
const unread = ['getUserAgentMiddleware', 'recursionDetectionMiddleware', 'loggerMiddleware'] as const;

/**
 * Says in whose name and of which service a request is. Nobody checks signatures here; making them, and looking at the
 * clock for them, costs a third of a call.
 */
function scopeScheme({ accountId, region }: OwnedWorld, service: string): HttpAuthScheme {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accountId}/20260101/${region}/${service}/aws4_request`;
  return {
    schemeId: 'aws.auth#sigv4',
    identityProvider: () => async () => ({}),
    signer: {
      async sign(request) {
        request.headers['authorization'] = authorization;
        return request;
      },
    },
  };
}

/**
 * Clients that hand each call to the world at once. `exact` repeats its polls itself: the SDK waits longer after a
 * throttled one than a request has time.
 */
function createDoorClients(world: OwnedWorld, pollsOnce: boolean): RunClients {
  const clients = {
    sqs: client(world, SQSClient),
    polling: client(world, SQSClient, { maxAttempts: pollsOnce ? 1 : 3 }),
    sns: client(world, SNSClient),
    eventbridge: client(world, EventBridgeClient),
    dynamodb: client(world, DynamoDBClient),
    lambda: client(world, LambdaClient),
  };
  return { clients, inSdk: () => 0 };
}

/** What waits on it has the name, for the keys of choices and for what an act that never ends is told with. */
function named(clock: VirtualClock, name: string): Clock {
  return { epochMs: clock.epochMs, at: (dueMs, wake) => clock.at(dueMs, wake, 'work', name) };
}

function knownChoice({ point, key, option }: Choice) {
  return isPermissionId(point) ? [{ point, key, option }] : [];
}
