import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import type { QueueAttributeName, ReceiveMessageCommandOutput, SQSClient } from '@aws-sdk/client-sqs';
import { array, assert, asyncProperty, constantFrom, integer, oneof, record } from 'fast-check';
import { expect, test } from 'vitest';
import { isPermissionId, loadService, permissions } from '../index.ts';
import { playThroughDoors } from './door-run.fixture.ts';
import type { Step as DoorStep } from './door-run.fixture.ts';
import { urlOf } from './set-up.fixture.ts';

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

/** As the doors play it: the queue by its URL, and receipt handles of what was received before, the newest first. */
function doorStep({ says, queue, call, advanceMs }: Step): DoorStep {
  if (call === undefined) return { says, advanceMs: advanceMs ?? 0 };
  return {
    says,
    call: async ({ sqs }, { handles }) => {
      const known = handles.map(({ ReceiptHandle }) => ReceiptHandle);
      const output = await call(sqs, urlOf(queue), known);
      const { Messages = [] } = output as Partial<ReceiveMessageCommandOutput>;
      for (const { ReceiptHandle = '' } of Messages) handles.unshift({ QueueUrl: queue, ReceiptHandle });
      return output;
    },
  };
}

const fifo = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
const queues: readonly DoorStep[] = [['s', { VisibilityTimeout: '3' }] as const, ['f.fifo', fifo] as const].map(
  ([QueueName, Attributes]) => ({
    says: ['queue', QueueName],
    call: ({ sqs }) => sqs.send(new CreateQueueCommand({ QueueName, Attributes })),
  }),
);

test.each([
  ['friendly', []],
  ['adverse', everyPermission],
] as const)('doors - one program, one history through all three (%s)', { timeout: 120_000 }, async (_, permit) => {
  await loadService('sqs');
  const seen = { answered: 0, refused: 0, received: 0, choices: 0 };
  await assert(
    asyncProperty(array(step, { minLength: 10, maxLength: 40 }), integer(), async (steps, seed) => {
      const program = [...queues, ...steps.map(doorStep)];
      const { direct, handler, http } = await playThroughDoors(program, { seed, permit });
      expect(handler.history).toEqual(direct.history);
      expect(http.history).toEqual(direct.history);
      seen.answered += direct.history.filter((entry) => 'status' in entry && !('name' in entry)).length;
      seen.refused += direct.history.filter((entry) => 'name' in entry).length;
      seen.received += direct.history.filter((entry) => JSON.stringify(entry).includes('"Messages"')).length;
      seen.choices += direct.fired.size;
    }),
    { numRuns: 15, endOnFailure: true },
  );
  expect(Math.min(seen.answered, seen.refused, seen.received)).toBeGreaterThan(0);
  expect(seen.choices > 0).toBe(permit.length > 0);
});
