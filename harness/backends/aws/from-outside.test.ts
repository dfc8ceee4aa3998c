import { DynamoDBClient, PutItemCommand, CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient, CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { HttpRequest } from '@smithy/types';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { realClock } from '#core';
import type { Choice } from '#core';
import { createAdversary } from './adversary.ts';
import { fromOutside } from './from-outside.ts';

/** A client's settings where the emulator's choices are made around it; each request is answered with the next of `answers`. */
function around(choices: readonly Choice[], answers: readonly unknown[]) {
  const outside = fromOutside(choices);
  if ('reason' in outside) throw new Error(outside.reason);
  const adversary = createAdversary({ seed: 1, clock: realClock, replay: outside.choices });
  let asked = 0;
  const inner = {
    handle: async (_: HttpRequest) => {
      const body = Buffer.from(JSON.stringify(answers[asked++] ?? {}));
      return { response: { statusCode: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body } };
    },
  };
  return {
    fired: adversary.choices,
    config: {
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
      maxAttempts: 1,
      requestHandler: adversary.wrap(inner as never),
    },
  };
}

const QueueUrl = 'http://127.0.0.1:1/000000000000/q';
const rule = 'arn:aws:events:us-east-1:000000000000:rule/r';
const message = (Body: string) => ({
  Body,
  MessageId: Body,
  ReceiptHandle: Body,
  MD5OfBody: createHash('md5').update(Body).digest('hex'),
});

/** What three receives bring, where the queue is a rule's target and one message lies in it after another. */
async function received(choices: readonly Choice[]): Promise<readonly (readonly string[])[]> {
  const answers = [{}, { Messages: [message('a')] }, { Messages: [message('b')] }, { Messages: [message('c')] }];
  const { config } = around(choices, answers);
  await new EventBridgeClient(config).send(
    new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 'queue', Arn: 'arn:aws:sqs:us-east-1:1:q' }] }),
  );
  const sqs = new SQSClient(config);
  const seen: (readonly string[])[] = [];
  for (let index = 0; index < 3; index += 1) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    seen.push(Messages.map(({ Body = '' }) => Body));
  }
  return seen;
}

test.each<[string, Choice, readonly (readonly string[])[]]>([
  ['a delivery that is never made', { point: 'ADV-EB-04', key: `${rule} queue#0`, option: 1 }, [[], ['b'], ['c']]],
  ['a delivery hours late', { point: 'ADV-EB-03', key: `${rule} queue#1`, option: 4 }, [['a'], [], ['c']]],
  ['a delivery out of order', { point: 'ADV-EB-02', key: `${rule} queue#0`, option: 1 }, [[], ['a'], ['b']]],
  ['a rule that runs twice', { point: 'ADV-EB-01', key: `${rule} queue#1`, option: 1 }, [['a'], ['b', 'b'], ['c']]],
  ['a message again after its delete', { point: 'ADV-SQS-02', key: 'q/0#1', option: 1 }, [['a'], ['a'], ['b']]],
  ['a message again', { point: 'ADV-SQS-01', key: 'q/0#1', option: 1 }, [['a', 'a'], ['b'], ['c']]],
])('from outside - %s', async (_, choice, expected) => {
  expect(await received([choice])).toEqual(expected);
});

test('from outside - a request that fails inside, by its ordinal', async () => {
  const key = 'sqs.SendMessage//000000000000/q#1';
  const { config, fired } = around([{ point: 'FAULT-internal', key, option: 1 }], []);
  const sqs = new SQSClient(config);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' })).catch(() => undefined);
  expect(fired()).toEqual([]);
  await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'b' }))).rejects.toMatchObject({
    name: 'InternalError',
  });
});

test('from outside - the answer of a call that sets things up gets lost', async () => {
  const { config } = around([{ point: 'FAULT-lost-answer', key: 'lambda.CreateFunction/fn#0', option: 1 }], []);
  const create = new CreateFunctionCommand({ FunctionName: 'fn', Role: 'r', Code: { ZipFile: new Uint8Array([1]) } });
  await expect(new LambdaClient(config).send(create)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('from outside - a write to one item is throttled', async () => {
  const { config } = around([{ point: 'ADV-DDB-09', key: 't/PutItem["k"]#1', option: 1 }], []);
  const dynamodb = new DynamoDBClient(config);
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 't',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [],
    }),
  );
  const put = (pk: string) =>
    dynamodb.send(new PutItemCommand({ TableName: 't', Item: { v: { N: '1' }, pk: { S: pk } } }));
  await put('k');
  await put('other');
  await expect(put('k')).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
});

test.each([
  ['PutEvents', 'ADV-EB-07', 'default#3.1', 2, { key: 'events.PutEvents  3', option: 2 }],
  ['PutTargets', 'ADV-EB-09', `${rule}#1`, 1, { key: 'events.PutTargets r 0', option: 3 }],
  ['a read', 'ADV-DDB-01', 't/["k"]:4#0', 1, { key: 't/["k"]#0', option: 1 }],
  ['an invocation', 'ADV-LAM-06', 'fn/2', 1, { point: 'FAULT-throttling', key: 'lambda.Invoke fn 2', option: 1 }],
])('from outside - %s by the name of its request', (_, point, key, option, expected) => {
  expect(fromOutside([{ point, key, option }])).toEqual({ choices: [{ point, ...expected }] });
});

test('from outside - what only the service can do is refused with the reason', () => {
  expect(fromOutside([{ point: 'ADV-DDB-03', key: 't', option: 1 }])).toEqual({
    reason: 'ADV-DDB-03 cannot be made from outside: the moment of a deletion by time to live is the service’s own',
  });
  expect(fromOutside([{ point: 'ADV-LAM-06', key: 'fn/0', option: 2 }])).toEqual({
    reason: 'ADV-LAM-06 cannot be made from outside: a cold start lies behind the answer',
  });
});
