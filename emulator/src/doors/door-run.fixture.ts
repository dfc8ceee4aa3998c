import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { advance } from '../advance.ts';
import { client, createVirtualClock, createWorld, requestHandler, retryStrategy, startEmulator } from '../index.ts';
import type { OwnedWorld, PermissionId, VirtualClock } from '../index.ts';
import { accountSeed } from '../worlds.ts';

export const accountId = '123456789012';

export interface Clients {
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly events: EventBridgeClient;
  readonly db: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly lambda: LambdaClient;
}

/** What calls leave for later ones of the same program. */
export interface Memory {
  /** Receipt handles, the newest first, with the URL of their queue. */
  readonly handles: { readonly QueueUrl: string; readonly ReceiptHandle: string }[];
}

/** A call, or a move of the clock; as data first, so that a counterexample can be read. */
export interface Step {
  readonly says: unknown;
  readonly call?: (clients: Clients, memory: Memory) => Promise<object>;
  readonly advanceMs?: number;
}

interface Door {
  readonly clients: Clients;
  /** Calls of the clients that are in the world, or wait there for their next attempt: not those on their way. */
  readonly inside: () => number;
  readonly world: OwnedWorld;
  readonly clock: VirtualClock;
}

export interface Run {
  readonly history: readonly object[];
  readonly fired: ReadonlySet<PermissionId>;
}

/** Plays one program through all three doors, each on a world of its own that has the same seed. */
export async function playThroughDoors(
  steps: readonly Step[],
  { seed, permit }: { readonly seed: number; readonly permit: readonly PermissionId[] },
): Promise<{ readonly direct: Run; readonly handler: Run; readonly http: Run }> {
  const start = (open: (world: OwnedWorld) => Pick<Door, 'clients' | 'inside'>): Promise<Run> => {
    const clock = createVirtualClock({ order: (key, options) => world.choose('NET-order', key, options) });
    const world: OwnedWorld = createWorld({
      accountId,
      seed: accountSeed(seed, accountId),
      permissions: permit,
      clock,
    });
    return play({ ...open(world), world, clock }, steps);
  };
  const direct = await start((world) => ({ clients: directClients(world), inside: () => 1 }));
  const handler = await start((world) => {
    const { handle, ...rest } = requestHandler(world);
    const counter = createCounter();
    const counted = { ...rest, handle: (...args: Parameters<typeof handle>) => counter.during(handle(...args)) };
    return { clients: sdkClients(world, counter, { requestHandler: counted }), inside: counter.count };
  });
  await using emulator = await startEmulator({ clock: 'virtual', seed, permit });
  const world = emulator.worlds.of(accountId, 'us-east-1');
  const clock = emulator.worlds.virtualClock(accountId);
  if (clock === undefined) throw new Error('the clock is real');
  const counter = createCounter();
  using requests = countRequests(emulator.port);
  const clients = sdkClients(world, counter, { endpoint: emulator.url });
  const http = await play({ clients, inside: () => counter.count() + requests.count(), world, clock }, steps);
  for (const made of Object.values(clients)) (made as SQSClient).destroy();
  return { direct, handler, http };
}

interface Counter {
  readonly during: <T>(work: Promise<T>) => Promise<T>;
  readonly count: () => number;
}

function createCounter(): Counter {
  let count = 0;
  return {
    during: async (work) => {
      count += 1;
      try {
        return await work;
      } finally {
        count -= 1;
      }
    },
    count: () => count,
  };
}

/** Counts what the server at that port has in hand: from a request's arrival until its answer is on its way, or lost. */
function countRequests(port: number): Disposable & Pick<Counter, 'count'> {
  const responses = new Set<ServerResponse>();
  const onStart = (message: unknown): void => {
    const { socket, response } = message as { readonly socket: Socket; readonly response: ServerResponse };
    if (socket.localPort === port) responses.add(response);
  };
  subscribe('http.server.request.start', onStart);
  return {
    count: () => {
      for (const response of responses) if (response.destroyed || response.writableEnded) responses.delete(response);
      return responses.size;
    },
    [Symbol.dispose]: () => unsubscribe('http.server.request.start', onStart),
  };
}

function directClients(world: OwnedWorld): Clients {
  return {
    sqs: client(world, SQSClient),
    sns: client(world, SNSClient),
    events: client(world, EventBridgeClient),
    db: client(world, DynamoDBClient),
    streams: client(world, DynamoDBStreamsClient),
    lambda: client(world, LambdaClient),
  };
}

function sdkClients(world: OwnedWorld, { during }: Counter, options: object): Clients {
  const configOf = (name: string) => {
    const strategy = retryStrategy(world, { name });
    const refreshRetryTokenForRetry: typeof strategy.refreshRetryTokenForRetry = (...args) =>
      during(strategy.refreshRetryTokenForRetry(...args));
    const credentials = { accessKeyId: accountId, secretAccessKey: 'x' };
    return { region: 'us-east-1', credentials, retryStrategy: { ...strategy, refreshRetryTokenForRetry }, ...options };
  };
  return {
    sqs: new SQSClient(configOf('sqs')),
    sns: new SNSClient(configOf('sns')),
    events: new EventBridgeClient(configOf('events')),
    db: new DynamoDBClient(configOf('dynamodb')),
    streams: new DynamoDBStreamsClient(configOf('dynamodbstreams')),
    lambda: new LambdaClient(configOf('lambda')),
  };
}

async function play(door: Door, steps: readonly Step[]): Promise<Run> {
  const { clients, clock, world } = door;
  const history: object[] = [];
  const memory: Memory = { handles: [] };
  for (const { says, call, advanceMs = 0 } of steps) {
    if (call !== undefined)
      history.push({ says, ...(await outcomeOf(door, call(clients, memory))), at: clock.epochMs() });
    // What the call set off comes to rest before the next one, so that deliveries stand in one order.
    await advance(clock, world, clock.epochMs() + advanceMs);
  }
  return { history, fired: new Set(world.fired().map(({ point }) => point)) };
}

async function outcomeOf(door: Door, call: Promise<object>): Promise<object> {
  try {
    const { $metadata, ...output } = (await drive(door, call)) as Answer;
    return { output: plain(output), status: $metadata?.httpStatusCode, attempts: $metadata?.attempts };
  } catch (error) {
    const { name, message, $fault, $metadata, code, Error: query, ...more } = error as Answer & Error;
    const { CancellationReasons, Item, Reason, Type } = more;
    const status = $metadata?.httpStatusCode;
    const members = plain({ CancellationReasons, Item, Reason, Type, query });
    return { name, message: plain(message), $fault, status, attempts: $metadata?.attempts, code, members };
  }
}

type Answer = Readonly<Record<string, unknown>> & {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
};

/** Runs one call to its end; the clock moves only while the call itself waits in the world. */
async function drive<T>({ clock, world, inside }: Door, call: Promise<T>): Promise<T> {
  const state = { isRunning: true };
  const ended = call.finally(() => {
    state.isRunning = false;
  });
  ended.catch(() => undefined);
  while (state.isRunning) {
    await turn();
    if (state.isRunning && inside() > 0 && world.parked() > 0 && world.inFlight() <= 0) clock.step();
  }
  return ended;
}

/** Bytes as text, and no trace of the address by which the caller reached the world. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/https?:\/\/[\w.-]+(:\d+)?(?=\/)/g, 'https://aws');
  if (value instanceof Uint8Array) return plain(Buffer.from(value).toString('latin1'));
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}
