import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as dynamodbstreams from '@aws-sdk/client-dynamodb-streams';
import * as events from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { dynamodbScript } from './dynamodb/script.fixture.ts';
import { dynamodbstreamsScript } from './dynamodbstreams/script.fixture.ts';
import { eventsScript } from './events/script.fixture.ts';
import { iamScript } from './iam/script.fixture.ts';
import { requestHandler } from './index.ts';
import { lambdaScript } from './lambda/script.fixture.ts';
import { loadService, serviceNames } from './loader.ts';
import type { Answers, Step } from './script.fixture.ts';
import { snsScript } from './sns/script.fixture.ts';
import { sqsScript } from './sqs/script.fixture.ts';
import { stand } from './stand.fixture.ts';
import { stsScript } from './sts/script.fixture.ts';

/** Of each service: the SDK, its client, and calls of all its operations, each with what must have come of it. */
const services: Readonly<
  Record<string, { sdk: object; client: string; script: readonly Step[]; elsewhere?: string[] }>
> = {
  dynamodb: { sdk: dynamodb, client: 'DynamoDBClient', script: dynamodbScript },
  dynamodbstreams: { sdk: dynamodbstreams, client: 'DynamoDBStreamsClient', script: dynamodbstreamsScript },
  events: { sdk: events, client: 'EventBridgeClient', script: eventsScript },
  iam: { sdk: iam, client: 'IAMClient', script: iamScript },
  lambda: { sdk: lambda, client: 'LambdaClient', script: lambdaScript },
  // Confirmed over HTTP in `sns/http-endpoint.test.ts`.
  sns: { sdk: sns, client: 'SNSClient', script: snsScript, elsewhere: ['ConfirmSubscription'] },
  sqs: { sdk: sqs, client: 'SQSClient', script: sqsScript },
  sts: { sdk: sts, client: 'STSClient', script: stsScript },
};

test.each(serviceNames())('%s - every operation that the table says is there does what its name says', async (name) => {
  const { script = [], elsewhere = [] } = services[name] ?? {};
  await play(name, script);
  const called = script
    .map(([operation]) => operation.replace('!', ''))
    .filter((operation) => !operation.includes('.'));
  const there = [...((await loadService(name))?.operations.values() ?? [])].filter(
    ({ refuses }) => refuses === undefined,
  );
  expect([...new Set([...called, ...elsewhere])].sort()).toEqual(there.map((operation) => operation.name).sort());
});

/** Plays the calls one after another; after each, unless it is marked with `!`, ten seconds pass in which things settle. */
async function play(name: string, script: readonly Step[]): Promise<void> {
  const { world, idle, clock } = stand();
  const options = {
    requestHandler: requestHandler(world),
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'x' },
  };
  const clients = new Map<string, object>();
  const answers: Record<string, Answers[string]> = {};
  for (const [step, input, expected = {}] of script) {
    const [operation = '', service = name] = step.replace('!', '').split('.').toReversed();
    const { sdk, client } = services[service] ?? expect.fail(step);
    const sender = clients.get(service) ?? make(sdk, client, options);
    clients.set(service, sender);
    const answer = await send(
      sender,
      make(sdk, `${operation}Command`, typeof input === 'function' ? input(answers) : input),
    );
    answers[service === name ? operation : `${service}.${operation}`] = answer;
    const absent = Object.fromEntries(Object.keys(expected).map((key) => [key, undefined]));
    expect({ ...absent, ...answer }, step).toMatchObject(expected);
    if (!step.startsWith('!')) await idle(clock.epochMs() + 10_000);
  }
}

function make(sdk: object, name: string, argument: object): object {
  const made: unknown = Reflect.get(sdk, name);
  if (typeof made !== 'function') return expect.fail(`the SDK has no '${name}'`);
  return Reflect.construct(made, [argument]) as object;
}

async function send(client: object, command: object): Promise<Answers[string]> {
  const method: unknown = Reflect.get(client, 'send');
  return (await (method as (this: object, command: object) => Promise<unknown>).call(
    client,
    command,
  )) as Answers[string];
}
