import type { HttpRequest, HttpResponse, RequestHandlerOutput } from '@smithy/types';
import { hashText, sleep } from '#core';
import type { Choice, Clock } from '#core';
import { disturbEvents } from './adversary-events.ts';
import { points } from './adversary-points.ts';
import type { PointId } from './adversary-points.ts';
import { createStaleReads, createThrottledWrites, disturbBatchRead } from './adversary-reads.ts';
import { createReceives, disturbBatchDelete } from './adversary-receives.ts';
import { readRequest } from './adversary-wire.ts';
import type { Wire } from './adversary-wire.ts';
import { createDeliveries } from './adversary-deliveries.ts';
import { failedInside, throttled } from './adversary-faults.ts';

/** The part of an SDK request handler that a client calls. */
export interface Handler {
  /** A method, so that handlers fit whose requests have members of their own. */
  handle(
    request: HttpRequest,
    options?: { readonly abortSignal?: unknown },
  ): Promise<RequestHandlerOutput<HttpResponse>>;
}

/** Asks a point with a key; 0 is the friendly answer. */
export type Choose = (point: PointId, key: string, options: number) => number;

/** One request on its way. */
export interface Passage {
  readonly wire: Wire;
  readonly request: HttpRequest;
  /** Service, operation, resource, and how many such requests there were before. */
  readonly key: string;
  readonly forward: (request: HttpRequest) => Promise<RequestHandlerOutput<HttpResponse>>;
}

/** A disturbance takes a passage over, or leaves it to the next by `undefined`. */
export type Disturbance = (passage: Passage) => Promise<RequestHandlerOutput<HttpResponse>> | undefined;

/** Makes the choices that AWS is free to make where a target leaves them out, from outside. */
export interface Adversary {
  readonly wrap: <H extends Handler>(handler: H) => H;
  /** Those that were not friendly, in the order in which they fell. */
  readonly choices: () => readonly Choice[];
  /** Resolves once nothing that was put off is outstanding. */
  readonly idle: () => Promise<void>;
}

/** As the emulator has them. */
const delaysMs = [undefined, 0, 1, 10, 100] as const;

/** By a hash of seed, point and key; with `replay` only what is listed happens, and `friendly` changes nothing. */
export function createAdversary(options: {
  readonly seed: number | 'friendly';
  readonly clock: Clock;
  readonly replay?: readonly Choice[];
}): Adversary {
  const fired: Choice[] = [];
  const choose = createChoose(options, fired);
  const ordinals = new Map<string, number>();
  const late = new Set<Promise<unknown>>();
  /** For keys that only a capsule names: a seeded run is not asked. */
  const recall: Choose = options.replay === undefined ? () => 0 : choose;
  /** A seeded run leaves alone what sets it up. */
  const mayFail = ({ service, operation }: Wire): boolean =>
    options.replay !== undefined || dataOperations.has(`${service}.${operation}`);
  const deliveries = createDeliveries(recall, options.clock);
  const disturbances: readonly Disturbance[] = [
    ({ wire, key }) =>
      mayFail(wire) && choose('FAULT-throttling', key, 2) === 1 ? Promise.resolve(throttled(wire.service)) : undefined,
    ({ wire, key }) =>
      recall('FAULT-internal', key, 2) === 1 ? Promise.resolve(failedInside(wire.service)) : undefined,
    createReceives(choose, deliveries),
    createThrottledWrites(recall),
    disturbBatchDelete(choose),
    createStaleReads(choose, { clock: options.clock, recall }),
    disturbBatchRead(choose),
    disturbEvents(choose, { clock: options.clock, late }),
  ];

  const delay = async (option: number): Promise<void> => {
    const delayMs = delaysMs[option];
    if (delayMs !== undefined) await sleep(options.clock, delayMs, { signal: new AbortController().signal });
  };

  async function handle(
    request: HttpRequest,
    forward: Passage['forward'],
  ): Promise<RequestHandlerOutput<HttpResponse>> {
    const wire = readRequest(request);
    const name = `${wire.service}.${wire.operation} ${wire.resource}`;
    const ordinal = ordinals.get(name) ?? 0;
    ordinals.set(name, ordinal + 1);
    const passage: Passage = { wire, request, key: `${name} ${ordinal}`, forward };
    deliveries.see(wire);
    await delay(recall('NET-slow-request', passage.key, delaysMs.length));
    const disturbed = disturbances
      .values()
      .map((disturb) => disturb(passage))
      .find((taken) => taken !== undefined);
    const answer = await (disturbed ?? forward(request));
    await delay(recall('NET-slow-answer', passage.key, delaysMs.length));
    // The effect took place; the answer gets lost on the way, as by a socket that was closed.
    if (!mayFail(wire) || choose('FAULT-lost-answer', passage.key, 2) === 0) return answer;
    throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  }

  return {
    wrap: (handler) => {
      if (options.seed === 'friendly' && options.replay === undefined) return handler;
      return new Proxy(handler, {
        get: (target, property) => {
          if (property !== 'handle') return boundMember(target, property);
          return (request: HttpRequest, handlerOptions?: { readonly abortSignal?: unknown }) =>
            handle(request, (forwarded) => target.handle(forwarded, handlerOptions));
        },
      });
    },
    choices: () => fired,
    idle: async () => {
      while (late.size > 0) await Promise.all(late);
    },
  };
}

function createChoose(
  { seed, replay }: { readonly seed: number | 'friendly'; readonly replay?: readonly Choice[] },
  fired: Choice[],
): Choose {
  const listed = replay && new Map(replay.map(({ point, key, option }) => [`${point} ${key}`, option]));
  const unit = (text: string): number => hashText(`${seed} ${text}`) / 2 ** 32;

  function option(point: PointId, key: string, count: number): number {
    if (listed !== undefined) return Math.min(listed.get(`${point} ${key}`) ?? 0, count - 1);
    if (seed === 'friendly' || unit(`${point} ${key}`) >= points[point].rate) return 0;
    return 1 + Math.floor(unit(`${key} ${point}`) * (count - 1));
  }

  return (point, key, count) => {
    if (count < 2) return 0;
    const taken = option(point, key, count);
    if (taken !== 0) fired.push({ point, key, option: taken });
    return taken;
  };
}

/** Requests on data. */
const dataOperations: ReadonlySet<string> = new Set([
  'sqs.SendMessage',
  'sqs.ReceiveMessage',
  'sqs.DeleteMessage',
  'sqs.DeleteMessageBatch',
  'sqs.ChangeMessageVisibility',
  'sns.Publish',
  'events.PutEvents',
  'dynamodb.GetItem',
  'dynamodb.PutItem',
  'dynamodb.UpdateItem',
  'dynamodb.DeleteItem',
  'dynamodb.Query',
  'dynamodb.BatchGetItem',
  'dynamodb.TransactWriteItems',
  'lambda.Invoke',
]);

function boundMember(target: object, property: string | symbol): unknown {
  const member: unknown = Reflect.get(target, property, target);
  return typeof member === 'function' ? member.bind(target) : member;
}
