import {
  AddPermissionCommand,
  CreateFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { expect, test } from 'vitest';
import { client, createWorld, requestHandler, startEmulator } from '../index.ts';
import type { PermissionId } from '../index.ts';
import { stand } from '../stand.fixture.ts';
import type { Stand } from '../stand.fixture.ts';
import { zipOf } from './zip.fixture.ts';

const role = 'arn:aws:iam::000000000000:role/r';

async function deploy(lambda: LambdaClient, source: string, more: object = {}): Promise<string> {
  const { FunctionArn } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'f',
      Role: role,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: zipOf('index.js', source) },
      ...more,
    }),
  );
  return FunctionArn ?? '';
}

async function invoke(lambda: LambdaClient, event: unknown, more: object = {}) {
  const { Payload, FunctionError, StatusCode, ExecutedVersion } = await lambda.send(
    new InvokeCommand({ FunctionName: 'f', Payload: Buffer.from(JSON.stringify(event)), ...more }),
  );
  const text = Buffer.from(Payload ?? []).toString('utf8');
  return { answer: text === '' ? undefined : JSON.parse(text), FunctionError, StatusCode, ExecutedVersion };
}

test('a function runs, keeps its environment, changes and has versions', async () => {
  const { world } = stand();
  const lambda = client(world, LambdaClient);
  await deploy(lambda, 'let n = 0; exports.handler = async (event) => ({ event, n: ++n });');
  expect(await invoke(lambda, { a: 1 })).toEqual({
    answer: { event: { a: 1 }, n: 1 },
    FunctionError: undefined,
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
  });
  expect((await invoke(lambda, 2)).answer).toEqual({ event: 2, n: 2 });
  await lambda.send(new PublishVersionCommand({ FunctionName: 'f' }));
  const ZipFile = zipOf('index.js', 'exports.handler = async () => "new";');
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile }));
  expect((await invoke(lambda, 3)).answer).toBe('new');
  expect(await invoke(lambda, 4, { Qualifier: '1' })).toMatchObject({ answer: { n: 1 }, ExecutedVersion: '1' });
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: 'f' }));
  expect(Configuration).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful', Timeout: 3, MemorySize: 128 });
});

test('the same over HTTP and through the request handler', async () => {
  await using emulator = await startEmulator();
  const credentials = { accessKeyId: '000000000000', secretAccessKey: 'x' };
  const clients = [
    new LambdaClient({ endpoint: emulator.url, region: 'us-east-1', credentials }),
    new LambdaClient({ requestHandler: requestHandler(createWorld()), region: 'us-east-1', credentials }),
  ];
  for (const lambda of clients) {
    await deploy(
      lambda,
      'exports.handler = async (event) => { if (event.fail) throw new Error("no"); return event; };',
    );
    expect(await invoke(lambda, { a: 1 })).toMatchObject({ answer: { a: 1 }, StatusCode: 200 });
    expect(await invoke(lambda, { fail: true })).toMatchObject({
      FunctionError: 'Unhandled',
      StatusCode: 200,
      answer: { errorType: 'Error', errorMessage: 'no' },
    });
    const missing = lambda.send(new InvokeCommand({ FunctionName: 'none' }));
    await expect(missing).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:none',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(invoke(lambda, 0, { Payload: Buffer.from('{nope') })).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
    lambda.destroy();
  }
});

test('a handler that takes too long is ended, and its environment with it', async () => {
  const { world, drive, clock } = stand();
  const lambda = client(world, LambdaClient);
  await deploy(
    lambda,
    'let n = 0; exports.handler = async (event) => { n++; if (event.slow) await new Promise((r) => setTimeout(r, 10000)); return n; };',
    { Timeout: 5 },
  );
  const startMs = clock.epochMs();
  const slow = await drive(invoke(lambda, { slow: true }));
  expect(slow.FunctionError).toBe('Unhandled');
  expect(slow.answer.errorType).toBe('Sandbox.Timedout');
  expect(slow.answer.errorMessage).toMatch(/^RequestId: [\w-]+ Error: Task timed out after 5\.00 seconds$/);
  expect(clock.epochMs() - startMs).toBe(5000);
  expect((await drive(invoke(lambda, {}))).answer).toBe(1);
});

test('concurrency beyond what is reserved is refused', async () => {
  const { world, drive } = stand();
  const lambda = client(world, LambdaClient, { maxAttempts: 1 });
  await deploy(lambda, 'exports.handler = () => new Promise((r) => setTimeout(() => r(1), 1000));');
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions: 1 }));
  const first = invoke(lambda, {});
  const refusal = {
    name: 'TooManyRequestsException',
    message: 'Rate Exceeded.',
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    $metadata: { httpStatusCode: 429 },
  };
  await expect(drive(invoke(lambda, {}))).rejects.toMatchObject(refusal);
  expect((await drive(first)).answer).toBe(1);
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'f', ReservedConcurrentExecutions: 0 }));
  await expect(drive(invoke(lambda, {}))).rejects.toMatchObject(refusal);
});

/** A function that tells a topic at which second each of its runs began; the topic's subscriber is the second function. */
const teller = (body: string) => `
  const { SNSClient, PublishCommand } = require('@aws-sdk/client-sns');
  const sns = new SNSClient({});
  exports.handler = async (event) => {
    await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC, Message: String(Date.now() / 1000) }));
    ${body}
  };`;

const ledger =
  'const seen = []; exports.handler = async (event) => { if (event.Records) seen.push(event.Records[0].Sns.Message); return seen; };';

async function withLedger(made: Stand, source: string) {
  const { world } = made;
  const lambda = client(world, LambdaClient);
  const sns = client(world, SNSClient);
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 't' }));
  await deploy(lambda, source, { Environment: { Variables: { TOPIC: TopicArn } } });
  const arn = await deploy(lambda, ledger, { FunctionName: 'ledger' });
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: 'ledger',
      StatementId: 's',
      Action: 'lambda:InvokeFunction',
      Principal: 'sns.amazonaws.com',
      SourceArn: TopicArn,
    }),
  );
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: arn }));
  const startSeconds = made.clock.epochMs() / 1000;
  return {
    lambda,
    sns,
    TopicArn,
    runs: async () => {
      const { answer } = await made.drive(invoke(lambda, {}, { FunctionName: 'ledger' }));
      return answer.map((second: string) => Number(second) - startSeconds);
    },
  };
}

test('an asynchronous event that fails is tried again after one and two minutes', async () => {
  const made = stand();
  const { runs, lambda } = await withLedger(made, teller('throw new Error("no");'));
  expect(await invoke(lambda, {}, { InvocationType: 'Event' })).toMatchObject({ StatusCode: 202 });
  await made.idle();
  expect(await runs()).toEqual([0, 60, 180]);
});

test('an asynchronous event is tried as often as its configuration says', async () => {
  const made = stand();
  const { runs, lambda } = await withLedger(made, teller('throw new Error("no");'));
  await lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: 'f',
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 90,
    }),
  );
  await invoke(lambda, {}, { InvocationType: 'Event' });
  await made.idle();
  expect(await runs()).toEqual([0, 60]);
});

test('a topic may invoke a function only with a permission', async () => {
  const made = stand();
  const { sns, TopicArn, runs, lambda } = await withLedger(made, teller('return 1;'));
  await sns.send(new PublishCommand({ TopicArn, Message: String(made.clock.epochMs() / 1000 + 7) }));
  const arn = await deploy(lambda, 'exports.handler = async () => 1;', { FunctionName: 'closed' });
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: arn }));
  await made.idle();
  expect(await runs()).toEqual([7]);
  expect(made.world.inFlight()).toBe(0);
});

test('a call may ask for the end of the log', async () => {
  const { world } = stand();
  const lambda = client(world, LambdaClient);
  await deploy(lambda, 'exports.handler = async () => { console.log("hello %s", "you"); };');
  const { LogResult = '' } = await lambda.send(new InvokeCommand({ FunctionName: 'f', LogType: 'Tail' }));
  const lines = Buffer.from(LogResult, 'base64').toString('utf8').split('\n');
  expect(lines[0]).toMatch(/^START RequestId: [\w-]+ Version: \$LATEST$/);
  expect(lines[1]).toMatch(/\tINFO\thello you$/);
  expect(lines[3]).toMatch(/^REPORT RequestId: .*Memory Size: 128 MB/);
});

test('ADV-LAM-06: an invocation may be throttled or meet a cold start, with permission only', async () => {
  async function outcomes(permissions: readonly PermissionId[], seeds: number): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for (let seed = 0; seed < seeds; seed++) {
      const { world, drive, clock } = stand({ permissions, seed });
      const lambda = client(world, LambdaClient, { maxAttempts: 1 });
      await deploy(lambda, 'let n = 0; exports.handler = async () => ++n;');
      const startMs = clock.epochMs();
      const answers = [];
      for (const _ of [1, 2, 3]) answers.push(await drive(invoke(lambda, {}).catch((error: Error) => error)));
      if (answers.some((answer) => answer instanceof Error && answer.name === 'TooManyRequestsException'))
        found.add('throttled');
      if (clock.epochMs() > startMs) found.add('cold');
    }
    return found;
  }
  expect(await outcomes(['ADV-LAM-06'], 60)).toEqual(new Set(['throttled', 'cold']));
  expect(await outcomes([], 5)).toEqual(new Set());
});

test('code that the emulator cannot run says so', async () => {
  const { world } = stand();
  const lambda = client(world, LambdaClient);
  await deploy(lambda, '', { Runtime: 'python3.13' });
  expect(await invoke(lambda, {})).toMatchObject({
    FunctionError: 'Unhandled',
    answer: { errorType: 'Runtime.Unsupported', errorMessage: "the emulator runs no 'python3.13'" },
  });
});
