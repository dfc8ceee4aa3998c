import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SQSClient,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { client } from '../index.ts';
import type { PermissionId } from '../index.ts';
import { stand } from '../stand.fixture.ts';
import { zipOf } from './zip.fixture.ts';

/** Collects what comes and when; manages no body that begins with `bad`. */
const collector = `
  const runs = [];
  exports.handler = async (event) => {
    if (!event.Records) return runs;
    runs.push([event.Records.map((r) => r.body), Date.now() / 1000]);
    const bad = event.Records.filter((r) => r.body.startsWith('bad'));
    if (process.env.PARTIAL) return { batchItemFailures: bad.map((r) => ({ itemIdentifier: r.messageId })) };
    if (bad.length > 0) throw new Error('bad');
  };`;

async function withMapping(
  mapping: object,
  options: {
    readonly variables?: Record<string, string>;
    readonly queue?: Record<string, string>;
    readonly permissions?: readonly PermissionId[];
    readonly seed?: number;
  } = {},
) {
  const made = stand(options);
  const sqs = client(made.world, SQSClient);
  const lambda = client(made.world, LambdaClient);
  await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: 'q', Attributes: { VisibilityTimeout: '30', ...options.queue } }),
  );
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'f',
      Role: 'arn:aws:iam::000000000000:role/r',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf('index.js', collector) },
      Environment: { Variables: options.variables ?? {} },
    }),
  );
  const { UUID } = await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: 'f',
      EventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:q',
      ...mapping,
    }),
  );
  const startSeconds = made.clock.epochMs() / 1000;
  const send = (...bodies: string[]) =>
    sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
      }),
    );
  async function runs(): Promise<readonly (readonly [readonly string[], number])[]> {
    const { Payload } = await made.drive(lambda.send(new InvokeCommand({ FunctionName: 'f' })));
    const found: [string[], number][] = JSON.parse(Buffer.from(Payload ?? []).toString('utf8'));
    return found.map(([bodies, seconds]) => [bodies, seconds - startSeconds]);
  }
  async function count(name: string): Promise<number> {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: QueueUrl.replace(/q$/, name),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return (
      Number(Attributes['ApproximateNumberOfMessages']) + Number(Attributes['ApproximateNumberOfMessagesNotVisible'])
    );
  }
  return { ...made, sqs, lambda, QueueUrl, UUID, send, runs, count };
}

test('messages reach the function in batches and are deleted', async () => {
  const { send, runs, count, idle, lambda, UUID, world, sqs, QueueUrl } = await withMapping({});
  await send('1', '2', '3');
  await idle();
  expect((await runs()).map(([bodies]) => bodies)).toEqual([['1', '2', '3']]);
  expect(await count('q')).toBe(0);
  await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
  await idle();
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'late' }));
  await idle();
  expect(world.inFlight()).toBe(0);
});

test('a batch that fails comes back whole after its visibility timeout, and ends in the dead-letter queue', async () => {
  const redrive = { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead', maxReceiveCount: 2 };
  const { send, runs, count, idle } = await withMapping({}, { queue: { RedrivePolicy: JSON.stringify(redrive) } });
  await send('good', 'bad');
  await idle();
  const found = await runs();
  expect(found.map(([bodies]) => [...bodies].sort())).toEqual([
    ['bad', 'good'],
    ['bad', 'good'],
  ]);
  expect(found[1]?.[1]).toBeGreaterThanOrEqual(30);
  expect(await count('dead')).toBe(2);
});

test('with partial answers only what failed comes back', async () => {
  const redrive = { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead', maxReceiveCount: 3 };
  const { send, runs, count, idle } = await withMapping(
    { FunctionResponseTypes: ['ReportBatchItemFailures'] },
    { variables: { PARTIAL: 'yes' }, queue: { RedrivePolicy: JSON.stringify(redrive) } },
  );
  await send('good', 'bad');
  await idle();
  expect((await runs()).map(([bodies]) => [...bodies].sort())).toEqual([['bad', 'good'], ['bad'], ['bad']]);
  expect(await count('dead')).toBe(1);
});

test('a batch window gathers messages', async () => {
  const { send, runs, idle, clock } = await withMapping({ BatchSize: 100, MaximumBatchingWindowInSeconds: 10 });
  await idle();
  await send('1');
  await idle(clock.epochMs() + 3000);
  await send('2');
  await idle();
  expect((await runs()).map(([bodies]) => bodies)).toEqual([['1', '2']]);
});

test('what no filter lets through is deleted unseen', async () => {
  const Pattern = JSON.stringify({ body: { kind: ['wanted'] } });
  const { send, runs, count, idle } = await withMapping({ FilterCriteria: { Filters: [{ Pattern }] } });
  await send('{"kind":"other"}', '{"kind":"wanted"}', 'no json');
  await idle();
  expect((await runs()).map(([bodies]) => bodies)).toEqual([['{"kind":"wanted"}']]);
  expect(await count('q')).toBe(0);
});
