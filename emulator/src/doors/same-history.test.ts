import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import type {
  QueueAttributeName,
  ReceiveMessageCommandOutput,
  SQSServiceException as ServiceException,
} from '@aws-sdk/client-sqs';
import { array, assert, asyncProperty, constantFrom, integer, oneof, record } from 'fast-check';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  client,
  createVirtualClock,
  createWorld,
  isPermissionId,
  loadService,
  permissions,
  requestHandler,
  retryStrategy,
  startEmulator,
} from '../index.ts';
import type { OwnedWorld, VirtualClock } from '../index.ts';
import { accountSeed } from '../worlds.ts';

const accountId = '123456789012';
const credentials = { accessKeyId: accountId, secretAccessKey: 'x' };
const everyPermission = Object.keys(permissions).filter(isPermissionId);

/** A call, or a move of the clock; as data first, so that a counterexample can be read. */
interface Step {
  readonly says: unknown;
  readonly queue: string;
  readonly call?: (sqs: SQSClient, url: string, handles: readonly string[]) => Promise<object>;
  readonly advanceMs?: number;
}

const queue = constantFrom('s', 's', 's', 's', 'f.fifo', 'f.fifo', 'f.fifo', 'none');
const handle = integer({ min: 0, max: 4 });
const names = ['All'] as const;

const send = record({
  queue,
  body: constantFrom('a', 'b', 'c', 'd', 'e', 'é&<>\r', '', '\u0001'),
  group: constantFrom('g', 'g', 'g', 'h', 'h', 'no good', undefined),
  delay: constantFrom(undefined, undefined, undefined, undefined, 0, 2, -1),
  attribute: constantFrom(undefined, undefined, undefined, 'x', 'y', ''),
}).map(({ queue, body, group, delay, attribute }): Step => {
  const attributes = attribute === undefined ? {} : { k: { DataType: 'String', StringValue: attribute } };
  const input = { MessageBody: body, MessageGroupId: group, DelaySeconds: delay, MessageAttributes: attributes };
  return {
    says: ['send', input],
    queue,
    call: (sqs, QueueUrl) => sqs.send(new SendMessageCommand({ QueueUrl, ...input })),
  };
});

const sendBatch = record({ queue, ids: constantFrom(['1'], ['1', '2', '3'], ['3', '1'], ['1', '1'], ['!'], []) }).map(
  ({ queue, ids }): Step => {
    const Entries = ids.map((Id, index) => ({ Id, MessageBody: `${index}`, MessageGroupId: 'g' }));
    const call: Step['call'] = (sqs, QueueUrl) => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    return { says: ['send batch', ids], queue, call };
  },
);

const receive = record({
  queue,
  max: constantFrom(undefined, undefined, 1, 3, 10, 10, 0, 11),
  visibility: constantFrom(undefined, undefined, 0, 1, 3),
  wait: constantFrom(0, 0, 2),
}).map(({ queue, max, visibility, wait }): Step => {
  const input = { MaxNumberOfMessages: max, VisibilityTimeout: visibility, WaitTimeSeconds: wait };
  const asked = { MessageSystemAttributeNames: [...names], MessageAttributeNames: [...names] };
  const call: Step['call'] = (sqs, QueueUrl) => sqs.send(new ReceiveMessageCommand({ QueueUrl, ...input, ...asked }));
  return { says: ['receive', input], queue, call };
});

const remove = record({ queue, handle }).map(({ queue, handle }): Step => ({
  says: ['delete', handle],
  queue,
  call: (sqs, QueueUrl, handles) =>
    sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: handles[handle] ?? 'nonsense' })),
}));

const removeBatch = record({ queue, chosen: array(handle, { maxLength: 3 }) }).map(({ queue, chosen }): Step => ({
  says: ['delete batch', chosen],
  queue,
  call: (sqs, QueueUrl, handles) => {
    const Entries = chosen.map((index) => ({ Id: `i${index}`, ReceiptHandle: handles[index] ?? 'no' }));
    return sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  },
}));

const change = record({ queue, handle, seconds: constantFrom(0, 2, 43_201) }).map(
  ({ queue, handle, seconds }): Step => ({
    says: ['change', handle, seconds],
    queue,
    call: (sqs, QueueUrl, handles) => {
      const ReceiptHandle = handles[handle] ?? 'nonsense';
      return sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: seconds }));
    },
  }),
);

const attributes = record({
  queue,
  asked: constantFrom<string[]>(['All'], [], ['Nonsense'], ['QueueArn', 'Policy']),
}).map(({ queue, asked }): Step => ({
  says: ['attributes', asked],
  queue,
  call: (sqs, QueueUrl) =>
    sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: asked as QueueAttributeName[] })),
}));

const set = record({
  queue,
  Attributes: constantFrom<Record<string, string>>(
    { VisibilityTimeout: '2' },
    { Nonsense: '1' },
    { DelaySeconds: '-1' },
  ),
}).map(({ queue, Attributes }): Step => ({
  says: ['set', Attributes],
  queue,
  call: (sqs, QueueUrl) => sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes })),
}));

const purge = queue.map((queue): Step => ({
  says: ['purge'],
  queue,
  call: (sqs, QueueUrl) => sqs.send(new PurgeQueueCommand({ QueueUrl })),
}));

const wait = integer({ min: 0, max: 4000 }).map((advanceMs): Step => ({ says: ['wait'], queue: 's', advanceMs }));

const step = oneof(send, send, receive, receive, sendBatch, remove, removeBatch, change, attributes, set, purge, wait);

interface Door {
  readonly sqs: SQSClient;
  readonly world: OwnedWorld;
  readonly clock: VirtualClock;
}

/** Runs one call to its end; the clock moves only while the call itself waits in the world. */
async function drive<T>({ clock, world }: Door, call: Promise<T>): Promise<T> {
  const state = { isRunning: true };
  const ended = call.finally(() => {
    state.isRunning = false;
  });
  ended.catch(() => undefined);
  while (state.isRunning) {
    await turn();
    if (state.isRunning && world.parked() > 0 && world.inFlight() <= 0) clock.step();
  }
  return ended;
}

async function play(door: Door, steps: readonly Step[]): Promise<readonly unknown[]> {
  const { sqs, clock } = door;
  const history: unknown[] = [];
  const handles: string[] = [];
  const urls: Record<string, string> = { none: `https://sqs.us-east-1.amazonaws.com/${accountId}/none` };
  const record = async (call: Promise<object>): Promise<void> => {
    try {
      const { $metadata, ...output } = (await drive(door, call)) as Partial<ReceiveMessageCommandOutput> & {
        QueueUrl?: string;
      };
      for (const { ReceiptHandle } of output.Messages ?? []) handles.unshift(ReceiptHandle ?? '');
      const { QueueUrl, ...rest } = output;
      if (QueueUrl !== undefined) urls[QueueUrl.split('/').at(-1) ?? ''] = QueueUrl;
      history.push({ ...rest, status: $metadata?.httpStatusCode, attempts: $metadata?.attempts, at: clock.epochMs() });
    } catch (error) {
      const {
        name,
        message,
        $fault,
        $metadata,
        code,
        Error: query,
      } = error as ServiceException & Record<string, unknown>;
      const { httpStatusCode, attempts } = $metadata;
      history.push({ name, message, $fault, httpStatusCode, attempts, code, query, at: clock.epochMs() });
    }
  };
  await record(sqs.send(new CreateQueueCommand({ QueueName: 's', Attributes: { VisibilityTimeout: '3' } })));
  const fifo = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
  await record(sqs.send(new CreateQueueCommand({ QueueName: 'f.fifo', Attributes: fifo })));
  for (const { call, queue, advanceMs } of steps) {
    if (advanceMs !== undefined) clock.advanceTo(clock.epochMs() + advanceMs);
    if (call !== undefined) await record(call(sqs, urls[queue] ?? 'nowhere', handles));
  }
  return history;
}

function sdk(world: OwnedWorld, options: object): SQSClient {
  return new SQSClient({
    region: 'us-east-1',
    credentials,
    retryStrategy: retryStrategy(world, { name: 'sqs' }),
    ...options,
  });
}

test.each([
  ['friendly', []],
  ['adverse', everyPermission],
] as const)('doors - one program, one history through all three (%s)', { timeout: 120_000 }, async (_, permit) => {
  await loadService('sqs');
  const seen = { answered: 0, refused: 0, received: 0, choices: 0 };
  await assert(
    asyncProperty(array(step, { minLength: 10, maxLength: 40 }), integer(), async (steps, seed) => {
      const worldOptions = { accountId, seed: accountSeed(seed, accountId), permissions: permit };
      const start = (open: (world: OwnedWorld) => SQSClient): Promise<readonly unknown[]> => {
        const clock = createVirtualClock({ order: (key, options) => world.choose('NET-order', key, options) });
        const world: OwnedWorld = createWorld({ ...worldOptions, clock });
        return play({ sqs: open(world), world, clock }, steps);
      };
      const direct = await start((world) => client(world, SQSClient));
      const handler = await start((world) => sdk(world, { requestHandler: requestHandler(world) }));
      await using emulator = await startEmulator({ clock: 'virtual', seed, permit });
      const world = emulator.worlds.of(accountId, 'us-east-1');
      const clock = emulator.worlds.virtualClock(accountId);
      if (clock === undefined) throw new Error('the clock is real');
      const sqs = sdk(world, { endpoint: emulator.url });
      const http = await play({ sqs, world, clock }, steps);
      sqs.destroy();
      expect(handler).toEqual(direct);
      expect(http).toEqual(direct);
      seen.answered += direct.filter((entry) => 'status' in (entry as object)).length;
      seen.refused += direct.filter((entry) => 'name' in (entry as object)).length;
      seen.received += direct.filter((entry) => 'Messages' in (entry as object)).length;
      seen.choices += world.fired().length;
    }),
    { numRuns: 15, endOnFailure: true },
  );
  expect(Math.min(seen.answered, seen.refused, seen.received)).toBeGreaterThan(0);
  expect(seen.choices > 0).toBe(permit.length > 0);
});
