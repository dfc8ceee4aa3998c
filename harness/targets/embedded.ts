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
  permissions,
  requestHandler,
  retryStrategy,
} from 'parallax-emulator';
import type { OwnedWorld } from 'parallax-emulator';
import type { AwsClients } from 'parallax-translator';
import { hashText, seededRandom } from '#core';
import type { Choice, Target } from '#core';
import { createAwsBackend } from '../backends/aws/index.ts';
import { createDriver } from '../drive.ts';
import { profileNames } from '../options.ts';

const everyPermission = Object.keys(permissions).filter(isPermissionId);

/**
 * The emulator in this process, a world a run, on a virtual clock. A friendly run sends through the real SDK, whose
 * bytes reach the world without a socket; an adverse one calls the operations themselves, which is forty times faster
 * and, as a property test of the emulator holds, gives the same history.
 */
export const embeddedTarget: Target = {
  name: 'embedded',
  time: 'virtual',
  profiles: profileNames,
  async start({ run, replay }) {
    const profile = profileNames.find((name) => name === run.profile);
    if (profile === undefined) throw new Error(`'${run.profile}' is no profile of AWS`);
    const clock = createVirtualClock();
    const friendly = run.seed === 'friendly';
    const seed = friendly ? hashText(`${run.scenario} ${run.profile}`) : run.seed;
    const world = createWorld({
      clock,
      seed,
      permissions: friendly || replay !== undefined ? [] : everyPermission,
      ...(replay === undefined ? {} : { choices: replay.flatMap(knownChoice) }),
    });
    const driver = createDriver(clock, () => world.inFlight() > 0);
    const backend = createAwsBackend({
      profile,
      clients: friendly ? sdkClients(world) : doorClients(world),
      clock,
      random: seededRandom(seed),
      prefix: 'run',
      settle: driver.settle,
    });
    return {
      backend,
      clock,
      drive: driver.drive,
      choices: world.fired,
      requests: world.requests,
      [Symbol.asyncDispose]: () => driver.drive(Promise.resolve(backend[Symbol.asyncDispose]())),
    };
  },
};

function sdkClients(world: OwnedWorld): AwsClients {
  const config = {
    region: world.region,
    credentials: { accessKeyId: world.accountId, secretAccessKey: 'embedded' },
    requestHandler: requestHandler(world),
    retryStrategy: retryStrategy(world),
  };
  return {
    sqs: new SQSClient(config),
    sns: new SNSClient(config),
    eventbridge: new EventBridgeClient(config),
    dynamodb: new DynamoDBClient(config),
    lambda: new LambdaClient(config),
  };
}

function doorClients(world: OwnedWorld): AwsClients {
  return {
    sqs: client(world, SQSClient),
    sns: client(world, SNSClient),
    eventbridge: client(world, EventBridgeClient),
    dynamodb: client(world, DynamoDBClient),
    lambda: client(world, LambdaClient),
  };
}

function knownChoice({ point, key, option }: Choice) {
  return isPermissionId(point) ? [{ point, key, option }] : [];
}
