import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { client, createVirtualClock, createWorld, loadService, serviceNames } from 'parallax-emulator';
import type { Choice, OwnedWorld } from 'parallax-emulator';
import { connect, deployHandler } from 'parallax-translator';
import type { AwsClients, Connection, ConnectOptions, Fix, Handler, Subscription } from 'parallax-translator';
import { range, seededRandom, sleep } from '#core';
import type { Clock } from '#core';
import { createDriver } from '../../drive.ts';

/** A call that a client sent, retries not counted. */
export interface Sent {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly atMs: number;
}

/** What a test of the document's own code works on. */
export interface SeedStand {
  readonly world: OwnedWorld;
  readonly clients: AwsClients;
  readonly clock: Clock;
  /** Milliseconds since the test began. */
  readonly nowMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly connection: Connection;
  /** One more connection of the same kind. */
  readonly open: (options?: Partial<ConnectOptions>) => Promise<Connection>;
  /** The inputs of the calls of this name, by those connections. */
  readonly sent: (name: string) => readonly Sent[];
  /** What was told to `onError`. */
  readonly errors: readonly unknown[];
}

const prefix = 'seed';
const never = new AbortController().signal;

/**
 * Runs the document's own code, with `fixes` where they are named, on an emulator that is friendly but for `choices`, all of
 * which must fall.
 */
export async function onSeed(
  { choices = [], fixes = [] }: { readonly choices?: readonly Choice[]; readonly fixes?: readonly Fix[] },
  act: (stand: SeedStand) => Promise<void>,
): Promise<void> {
  await Promise.all(serviceNames().map(loadService));
  const clock = createVirtualClock();
  const startMs = clock.epochMs();
  const world = createWorld({ clock, choices });
  const sent: Sent[] = [];
  const errors: unknown[] = [];
  const clients = spied(world, sent);
  const options: ConnectOptions = {
    clients,
    clock,
    random: seededRandom(1),
    prefix,
    onError: (error) => errors.push(error),
  };
  const open = (more: Partial<ConnectOptions> = {}) =>
    connect({ ...options, ...more, profile: 'mended', fixes: new Set(fixes) });
  const { drive } = createDriver(clock, () => world.inFlight() > 0);
  const connection = await open();
  await drive(
    act({
      world,
      clients,
      clock,
      nowMs: () => clock.epochMs() - startMs,
      wait: (ms) => sleep(clock, ms, { signal: never }),
      connection,
      open,
      sent: (name) => sent.filter((call) => call.name === name),
      errors,
    }),
  );
  connection.abandon();
  expect(world.fired()).toEqual(choices);
}

/** The first attempts of a call fail: what the SDK gives up after is three of them. */
export function failing(point: 'FAULT-throttling' | 'FAULT-lost-answer', call: string, attempts = 3): Choice[] {
  return range(attempts).map((attempt) => ({ point, key: `${call}#${attempt}`, option: 1 }));
}

/** The name that faults of a work queue's calls go by. */
export function workQueueCall(operation: string, queueKey: string): string {
  return `sqs.${operation}//000000000000/${prefix}work-${queueKey}`;
}

/** The name that choices about messages of a work queue go by. */
export function workQueueMessage(queueKey: string, message: number, receive: number): string {
  return `${prefix}work-${queueKey}/${message}#${receive}`;
}

/** What a subscription brought, and when. */
export interface Arrival {
  readonly subject: string;
  readonly text: string;
  readonly payload: Uint8Array;
  readonly atMs: number;
}

/** Subscribes and notes each delivery before `handle` sees it. */
export async function collect(
  { nowMs, connection }: Pick<SeedStand, 'nowMs' | 'connection'>,
  pattern: string,
  handle: Handler = () => undefined,
): Promise<{ readonly arrivals: Arrival[]; readonly subscription: Subscription }> {
  const arrivals: Arrival[] = [];
  const subscription = await connection.subscribe(pattern, {
    handler: (message) => {
      const { subject, payload } = message;
      arrivals.push({ subject, text: Buffer.from(payload).toString('utf8'), payload, atMs: nowMs() });
      return handle(message);
    },
  });
  return { arrivals, subscription };
}

/** Deploys the function of the agent that the subject names. */
export async function deploy({ clients, clock }: SeedStand, code: string, subject: string): Promise<void> {
  const roleArn = 'arn:aws:iam::000000000000:role/handler';
  await deployHandler(
    { clients, clock, random: seededRandom(1), prefix },
    { subject, files: { 'index.js': code }, roleArn, timeoutSeconds: 60 },
    { signal: never },
  );
}

export const textOf = (payload: Uint8Array): string => Buffer.from(payload).toString('utf8');

export const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

function spied(world: OwnedWorld, sent: Sent[]): AwsClients {
  const clients = {
    sqs: client(world, SQSClient),
    sns: client(world, SNSClient),
    eventbridge: client(world, EventBridgeClient),
    dynamodb: client(world, DynamoDBClient),
    lambda: client(world, LambdaClient),
  };
  for (const each of Object.values(clients)) {
    const send: unknown = Reflect.get(each, 'send');
    if (typeof send !== 'function') throw new Error('a client has no send');
    Reflect.set(each, 'send', (command: { readonly input: Readonly<Record<string, unknown>> }, ...rest: unknown[]) => {
      const name = command.constructor.name.replace(/Command$/, '');
      sent.push({ name, input: command.input, atMs: world.clock.epochMs() });
      return Reflect.apply(send, each, [command, ...rest]);
    });
  }
  return clients;
}
