import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { startEmulator } from 'parallax-emulator';
import type { Emulator } from 'parallax-emulator';
import { expect, test } from 'vitest';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const credentials = { accessKeyId: '000000000000', secretAccessKey: 'any' };
const access = ({ url }: Emulator) => ({ endpoint: url, region: 'us-east-1', credentials });

/** Each of these takes days on AWS, and milliseconds here. */
test('a message is kept for four days, and no longer', async () => {
  await using emulator = await startEmulator({ clock: 'virtual' });
  const sqs = new SQSClient(access(emulator));
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: 'q', Attributes: { VisibilityTimeout: '0' } }),
  );
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }));
  await emulator.advance(4 * dayMs - 1000);
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toHaveLength(1);
  await emulator.advance(2000);
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
  sqs.destroy();
});

test('a lease ends twelve hours after its receive, however often it is extended', async () => {
  await using emulator = await startEmulator({ clock: 'virtual' });
  const sqs = new SQSClient(access(emulator));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'm' }));
  const { Messages: [message] = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 43_200 }),
  );
  const extend = (VisibilityTimeout: number): Promise<unknown> =>
    sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }),
    );
  await emulator.advance(11 * hourMs);
  await expect(extend(3601)).rejects.toThrow('Total VisibilityTimeout for the message is beyond the limit');
  await extend(3600);
  await emulator.advance(hourMs);
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toHaveLength(1);
  sqs.destroy();
});

test('a schedule goes by UTC: when the clocks go forward, it is an hour later for people', async () => {
  await using emulator = await startEmulator({ clock: 'virtual' });
  const events = new EventBridgeClient(access(emulator));
  const sqs = new SQSClient(access(emulator));
  const Policy = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage' }],
  });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q', Attributes: { Policy } }));
  await emulator.advance(Date.UTC(2026, 2, 28) - Date.UTC(2026, 0, 1));
  await events.send(new PutRuleCommand({ Name: 'breakfast', ScheduleExpression: 'cron(0 7 * * ? *)' }));
  await events.send(
    new PutTargetsCommand({ Rule: 'breakfast', Targets: [{ Id: 'q', Arn: 'arn:aws:sqs:us-east-1:000000000000:q' }] }),
  );
  await emulator.advance(2 * dayMs);
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  const times = Messages.map(({ Body = '' }) => new Date((JSON.parse(Body) as { readonly time: string }).time));
  expect(times.map((time) => time.toISOString())).toEqual(['2026-03-28T07:00:00.000Z', '2026-03-29T07:00:00.000Z']);
  const inBerlin = new Intl.DateTimeFormat('de', { timeStyle: 'short', timeZone: 'Europe/Berlin' });
  expect(times.map((time) => inBerlin.format(time))).toEqual(['08:00', '09:00']);
  events.destroy();
  sqs.destroy();
});

test('an item lives on for days after its time to live, and then is gone', async () => {
  await using emulator = await startEmulator({ clock: 'virtual', permit: { 'ADV-DDB-03': 1 }, seed: 3 });
  const db = new DynamoDBClient(access(emulator));
  const table = { TableName: 'sessions' };
  await db.send(
    new CreateTableCommand({
      ...table,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  const TimeToLiveSpecification = { Enabled: true, AttributeName: 'until' };
  await emulator.advance(60_000);
  await db.send(new UpdateTimeToLiveCommand({ ...table, TimeToLiveSpecification }));
  const nowMs = await emulator.advance(0);
  const ids = Array.from({ length: 10 }, (_, index) => ({ S: `${index}` }));
  for (const id of ids)
    await db.send(new PutItemCommand({ ...table, Item: { id, until: { N: `${nowMs / 1000 + 60}` } } }));
  const left = async (): Promise<number> => {
    const found = await Promise.all(
      ids.map((id) => db.send(new GetItemCommand({ ...table, Key: { id }, ConsistentRead: true }))),
    );
    return found.filter(({ Item }) => Item !== undefined).length;
  };
  await emulator.advance(dayMs);
  expect(await left()).toBeGreaterThan(0);
  await emulator.advance(3 * dayMs);
  expect(await left()).toBe(0);
  db.destroy();
});
