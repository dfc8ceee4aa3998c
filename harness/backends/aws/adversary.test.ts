import { createHash } from 'node:crypto';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import type { HttpRequest } from '@smithy/types';
import { realClock } from '#core';
import type { Choice } from '#core';
import { createAdversary } from './adversary.ts';
import type { Adversary } from './adversary.ts';

/** A target that answers each request with the next of `answers`, and remembers the bodies. */
function target(answers: readonly unknown[]): {
  readonly bodies: unknown[];
  readonly handle: (request: HttpRequest) => Promise<{ response: object }>;
} {
  const bodies: unknown[] = [];
  return {
    bodies,
    handle: async ({ body }) => {
      const text = new TextDecoder().decode(body instanceof Uint8Array ? body : Buffer.from(String(body)));
      bodies.push(text.startsWith('{') ? JSON.parse(text) : text);
      const answer = Buffer.from(JSON.stringify(answers[bodies.length - 1] ?? {}));
      return { response: { statusCode: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: answer } };
    },
  };
}

function replaying(...replay: readonly Choice[]): Adversary {
  return createAdversary({ seed: 'friendly', clock: realClock, replay });
}

function config(adversary: Adversary, inner: ReturnType<typeof target>) {
  return {
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
    requestHandler: adversary.wrap(inner as never),
  };
}

const url = 'http://127.0.0.1:1/000000000000/q';
const bodiesOf = ({ Messages }: { Messages?: readonly { Body?: string | undefined }[] | undefined }): unknown =>
  Messages?.map(({ Body }) => Body);
const messages = (...bodies: readonly string[]) => ({
  Messages: bodies.map((Body) => ({
    Body,
    ReceiptHandle: Body,
    MD5OfBody: createHash('md5').update(Body).digest('hex'),
  })),
});

async function receives(
  count: number,
  answers: readonly unknown[],
  replay: readonly Choice[],
  QueueUrl = url,
): Promise<readonly unknown[]> {
  const sqs = new SQSClient(config(replaying(...replay), target(answers)));
  const received: unknown[] = [];
  for (let index = 0; index < count; index += 1) {
    received.push(bodiesOf(await sqs.send(new ReceiveMessageCommand({ QueueUrl }))));
  }
  return received;
}

test('adversary - leaves a friendly run alone', () => {
  const inner = target([]);
  expect(createAdversary({ seed: 'friendly', clock: realClock }).wrap(inner as never)).toBe(inner);
});

test('adversary - brings a message twice', async () => {
  const replay = [{ point: 'ADV-SQS-01', key: 'sqs.ReceiveMessage q 0', option: 1 }];
  expect(await receives(1, [messages('a', 'b')], replay)).toEqual([['a', 'b', 'a']]);
});

test('adversary - brings the last message of the answer before again', async () => {
  const replay = [{ point: 'ADV-SQS-01', key: 'sqs.ReceiveMessage q 1', option: 2 }];
  expect(await receives(2, [messages('a', 'b'), messages('c')], replay)).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ]);
});

test('adversary - turns an answer round', async () => {
  const replay = [{ point: 'ADV-SQS-03', key: 'sqs.ReceiveMessage q 0', option: 2 }];
  expect(await receives(1, [messages('a', 'b', 'c')], replay)).toEqual([['c', 'a', 'b']]);
});

test('adversary - empties an answer and brings the messages with the next', async () => {
  const replay = [{ point: 'ADV-SQS-04', key: 'sqs.ReceiveMessage q 0', option: 1 }];
  expect(await receives(3, [messages('a', 'b'), messages('c')], replay)).toEqual([[], ['a', 'b'], ['c']]);
});

test('adversary - neither repeats nor reorders messages of a FIFO queue', async () => {
  const replay = [
    { point: 'ADV-SQS-01', key: 'sqs.ReceiveMessage q.fifo 0', option: 1 },
    { point: 'ADV-SQS-03', key: 'sqs.ReceiveMessage q.fifo 0', option: 1 },
  ];
  expect(await receives(1, [messages('a', 'b')], replay, `${url}.fifo`)).toEqual([['a', 'b']]);
});

test('adversary - fails one entry of a batch and forwards the others', async () => {
  const inner = target([{ Successful: [{ Id: '1' }] }]);
  const adversary = replaying({ point: 'ADV-SQS-11', key: 'sqs.DeleteMessageBatch q 0', option: 1 });
  const answer = await new SQSClient(config(adversary, inner)).send(
    new DeleteMessageBatchCommand({
      QueueUrl: url,
      Entries: [
        { Id: '0', ReceiptHandle: 'a' },
        { Id: '1', ReceiptHandle: 'b' },
      ],
    }),
  );
  expect(answer.Failed?.map(({ Id }) => Id)).toEqual(['0']);
  expect(inner.bodies).toMatchObject([{ Entries: [{ Id: '1' }] }]);
});

test('adversary - PutEvents answers 200 for an entry that never went out', async () => {
  const inner = target([]);
  const adversary = replaying({ point: 'ADV-EB-07', key: 'events.PutEvents  0', option: 1 });
  const answer = await new EventBridgeClient(config(adversary, inner)).send(
    new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 't', Detail: '{}' }] }),
  );
  expect(answer.FailedEntryCount).toBe(1);
  expect(inner.bodies).toEqual([]);
});

test('adversary - a read without consistency does not see the last write, a consistent one does', async () => {
  const item = (value: string) => ({ pk: { S: 'k' }, v: { S: value } });
  const inner = target([{}, {}, { Item: item('two') }]);
  const adversary = replaying({ point: 'ADV-DDB-01', key: 'dynamodb.GetItem t 0', option: 1 });
  const dynamodb = new DynamoDBClient(config(adversary, inner));
  await dynamodb.send(new PutItemCommand({ TableName: 't', Item: item('one') }));
  await dynamodb.send(new PutItemCommand({ TableName: 't', Item: item('two') }));
  const read = { TableName: 't', Key: { pk: { S: 'k' } } };
  expect((await dynamodb.send(new GetItemCommand(read))).Item).toEqual(item('one'));
  expect((await dynamodb.send(new GetItemCommand({ ...read, ConsistentRead: true }))).Item).toEqual(item('two'));
});

test('adversary - a throttled request does not go out, one whose answer is lost does', async () => {
  const inner = target([]);
  const adversary = replaying(
    { point: 'FAULT-throttling', key: 'sns.Publish arn 0', option: 1 },
    { point: 'FAULT-lost-answer', key: 'sns.Publish arn 1', option: 1 },
  );
  const sns = new SNSClient(config(adversary, inner));
  const command = new PublishCommand({ TopicArn: 'arn', Message: 'm' });
  await expect(sns.send(command)).rejects.toMatchObject({ name: 'Throttling' });
  expect(inner.bodies).toHaveLength(0);
  await expect(sns.send(command)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(inner.bodies).toHaveLength(1);
  expect(adversary.choices().map(({ point }) => point)).toEqual(['FAULT-throttling', 'FAULT-lost-answer']);
});

test('adversary - the same seed makes the same choices, whatever else is called', async () => {
  const run = async (names: readonly string[]): Promise<readonly Choice[]> => {
    const adversary = createAdversary({ seed: 7, clock: realClock });
    const sqs = new SQSClient(config(adversary, target([])));
    for (const name of names)
      await sqs.send(new ReceiveMessageCommand({ QueueUrl: `http://127.0.0.1:1/0/${name}` })).catch(() => undefined);
    return adversary.choices().filter(({ key }) => key.includes(' a '));
  };
  const many = Array.from({ length: 200 }, () => 'a');
  const alone = await run(many);
  expect(alone.length).toBeGreaterThan(0);
  expect(await run(many.flatMap((name) => [name, 'b']))).toEqual(alone);
});
