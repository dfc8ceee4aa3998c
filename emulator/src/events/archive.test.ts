import {
  CancelReplayCommand,
  CreateArchiveCommand,
  DeleteArchiveCommand,
  DescribeArchiveCommand,
  DescribeReplayCommand,
  EventBridgeClient,
  ListArchivesCommand,
  ListReplaysCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  StartReplayCommand,
  UpdateArchiveCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { client } from '../index.ts';
import { stand } from '../stand.fixture.ts';

const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/default';
const archive = 'arn:aws:events:us-east-1:000000000000:archive/a';
const hourMs = 3_600_000;

async function scene() {
  const { world, clock, idle, drive } = stand();
  const events = client(world, EventBridgeClient);
  const put = (Source: string) =>
    events.send(new PutEventsCommand({ Entries: [{ Source, DetailType: 't', Detail: '{"a":1}' }] }));
  const start = (ReplayName: string, FilterArns?: string[]) =>
    events.send(
      new StartReplayCommand({
        ReplayName,
        EventSourceArn: archive,
        EventStartTime: new Date(clock.epochMs() - hourMs),
        EventEndTime: new Date(clock.epochMs() + 1000),
        Destination: { Arn: bus, ...(FilterArns && { FilterArns }) },
      }),
    );
  const count = async () => (await events.send(new DescribeArchiveCommand({ ArchiveName: 'a' }))).EventCount;
  await events.send(
    new CreateArchiveCommand({
      ArchiveName: 'a',
      EventSourceArn: bus,
      EventPattern: '{"source":["kept"]}',
      RetentionDays: 1,
    }),
  );
  return { world, events, clock, idle, drive, put, start, count };
}

test('an archive keeps what its pattern matches, for its days, and can be changed and deleted', async () => {
  const { events, clock, put, count } = await scene();
  await put('kept');
  await put('other');
  expect(await count()).toBe(1);
  await events.send(new UpdateArchiveCommand({ ArchiveName: 'a', EventPattern: '{"source":["other"]}' }));
  await put('kept');
  await put('other');
  expect(await count()).toBe(2);
  clock.advanceTo(clock.epochMs() + 25 * hourMs);
  expect(await count()).toBe(0);
  await expect(events.send(new UpdateArchiveCommand({ ArchiveName: 'a' }))).rejects.toThrow('At least one of');
  expect((await events.send(new ListArchivesCommand({ EventSourceArn: bus }))).Archives).toMatchObject([
    { ArchiveName: 'a', State: 'ENABLED', RetentionDays: 1 },
  ]);
  await events.send(new DeleteArchiveCommand({ ArchiveName: 'a' }));
  expect((await events.send(new ListArchivesCommand({}))).Archives).toEqual([]);
});

test('a replay puts the events of its time on the bus again, named, and they are not kept twice', async () => {
  const { world, events, idle, put, start, count } = await scene();
  const sqs = client(world, SQSClient);
  const Policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q', Attributes: { Policy } }));
  await put('kept');
  const { RuleArn = '' } = await events.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["kept"]}' }));
  const Arn = 'arn:aws:sqs:us-east-1:000000000000:q';
  await events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn }] }));

  expect(await start('first', [RuleArn])).toMatchObject({ State: 'STARTING' });
  await expect(start('first')).rejects.toThrow('Replay first already exists.');
  await start('elsewhere', [`${RuleArn}-not`]);
  await idle();
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages.map(({ Body = '' }) => JSON.parse(Body))).toMatchObject([
    { source: 'kept', 'replay-name': 'first', detail: { a: 1 } },
  ]);
  expect(await count()).toBe(1);
  expect(await events.send(new DescribeReplayCommand({ ReplayName: 'first' }))).toMatchObject({ State: 'COMPLETED' });
  const { Replays } = await events.send(new ListReplaysCommand({ EventSourceArn: archive, NamePrefix: 'e' }));
  expect(Replays).toMatchObject([{ ReplayName: 'elsewhere' }]);
});

test('a replay can be cancelled until it has ended, and ten run at a time', async () => {
  const { events, idle, drive, start } = await scene();
  for (let ordinal = 0; ordinal < 10; ordinal += 1) await start(`r${ordinal}`);
  await expect(drive(start('r10'))).rejects.toThrow('The requested resource exceeds the maximum number allowed.');
  const cancel = new CancelReplayCommand({ ReplayName: 'r0' });
  expect(await events.send(cancel)).toMatchObject({ State: 'CANCELLING' });
  await start('r10');
  await idle();
  expect(await events.send(new DescribeReplayCommand({ ReplayName: 'r0' }))).toMatchObject({ State: 'CANCELLED' });
  await expect(events.send(cancel)).rejects.toThrow('not in a valid state');
});
