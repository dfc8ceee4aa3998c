import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { client, createClient, createVirtualClock, createWorld, loadService, serviceNames } from 'parallax-emulator';
import type { OwnedWorld } from 'parallax-emulator';
import { connect, deployHandler } from 'parallax-translator';
import type { AwsClients, Connection, Fix } from 'parallax-translator';
import { seededRandom, sleep } from '#core';
import type { Settled } from '#core';
import { createDriver } from '../../drive.ts';

/** What an act on the document's code is played on. */
export interface DesignStage {
  readonly open: () => Promise<Connection>;
  /** Makes the function that answers requests to a subject. */
  readonly deploy: (subject: string, code: string) => Promise<unknown>;
  readonly settle: () => Promise<Settled>;
  readonly sleep: (ms: number) => Promise<void>;
  readonly errors: string[];
}

/** Answers the first call of a command itself. */
export interface Fault {
  readonly command: string;
  readonly answer: () => unknown;
}

const signal = new AbortController().signal;

/** Plays the act on an emulator of its own, with the document's code and the fixes that are named. */
export async function playDesign(
  fixes: readonly Fix[],
  act: (stage: DesignStage) => Promise<void>,
  fault?: Fault,
): Promise<void> {
  await Promise.all(serviceNames().map(loadService));
  const clock = createVirtualClock();
  const world = createWorld({ clock });
  const driver = createDriver(clock, () => world.inFlight() > 0);
  const errors: string[] = [];
  const clients = faultyClients(world, fault);
  const random = seededRandom(1);
  const stage: DesignStage = {
    open: () =>
      connect({
        profile: 'mended',
        fixes: new Set(fixes),
        clients,
        clock,
        random,
        prefix: 'run',
        onError: (error) => errors.push(String(error)),
      }),
    deploy: (subject, code) =>
      deployHandler(
        { clients, clock, prefix: 'run' },
        { subject, files: { 'index.js': code }, roleArn: 'arn:aws:iam::000000000000:role/r', timeoutSeconds: 60 },
        { signal },
      ),
    settle: () => driver.settle({ horizonMs: 600_000, signal }),
    sleep: (ms) => sleep(clock, ms, { signal }),
    errors,
  };
  await driver.drive(act(stage));
}

/** Clients of the world, the first call of the fault's command aside. */
function faultyClients(world: OwnedWorld, fault: Fault | undefined): AwsClients {
  let isDue = fault !== undefined;
  const faulty = <C extends object>(service: string, real: C): C => {
    const { send } = createClient(world, service);
    const answered: typeof send = (command, options) => {
      if (!isDue || fault === undefined || command.constructor.name !== fault.command) return send(command, options);
      isDue = false;
      return Promise.resolve().then(fault.answer);
    };
    return new Proxy(real, {
      get: (target, property): unknown => (property === 'send' ? answered : Reflect.get(target, property)),
    });
  };
  return {
    sqs: faulty('sqs', client(world, SQSClient)),
    sns: faulty('sns', client(world, SNSClient)),
    eventbridge: faulty('events', client(world, EventBridgeClient)),
    dynamodb: faulty('dynamodb', client(world, DynamoDBClient)),
    lambda: faulty('lambda', client(world, LambdaClient)),
  };
}
