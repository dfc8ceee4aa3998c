import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import type { PutEventsRequestEntry, Target } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { client, createVirtualClock, createWorld } from '../index.ts';
import type { Choice, PermissionId, VirtualClock } from '../index.ts';

interface Stage {
  readonly events: EventBridgeClient;
  readonly clock: VirtualClock;
  readonly fired: () => readonly { readonly point: string }[];
  readonly queue: (name: string) => Promise<string>;
  /** All messages that come of what is due within so long. */
  readonly drain: (name: string, withinMs: number) => Promise<readonly Message[]>;
}

const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;

async function stageOf(
  permissions: readonly PermissionId[] = [],
  seed = 0,
  choices?: readonly Choice[],
): Promise<Stage> {
  const clock = createVirtualClock();
  const world = createWorld({ clock, permissions, seed, ...(choices && { choices }) });
  const events = client(world, EventBridgeClient);
  const sqs = client(world, SQSClient);
  const urls = new Map<string, string>();

  async function settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  const stage: Stage = {
    events,
    clock,
    fired: world.fired,
    async queue(name) {
      const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
      const Policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] });
      await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy, VisibilityTimeout: '43200' } }));
      urls.set(name, QueueUrl);
      return arnOf(name);
    },
    async drain(name, withinMs) {
      await settle();
      const untilMs = clock.epochMs() + withinMs;
      while ((clock.nextWorkDueMs() ?? Infinity) <= untilMs && clock.step()) await settle();
      clock.advanceTo(untilMs);
      await settle();
      const messages: Message[] = [];
      for (;;) {
        const input = { QueueUrl: urls.get(name), MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
        if (Messages.length === 0) return messages;
        messages.push(...Messages);
      }
    },
  };
  await stage.queue('q');
  return stage;
}

async function subscribe({ events }: Stage, target: Partial<Target> = {}): Promise<void> {
  await events.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["s"]}' }));
  await events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn: arnOf('q'), ...target }] }));
}

const entry: PutEventsRequestEntry = { Source: 's', DetailType: 'd', Detail: '{"n": 1.50}' };

function put({ events }: Stage, entries: readonly PutEventsRequestEntry[] = [entry]): Promise<unknown> {
  return events.send(new PutEventsCommand({ Entries: [...entries] }));
}

test('delivery - an event reaches the target as an event', async () => {
  const stage = await stageOf();
  await subscribe(stage);
  await put(stage, [{ ...entry, Resources: ['arn:x'], Time: new Date(0) }]);
  const [message, ...others] = await stage.drain('q', 0);
  expect(others).toEqual([]);
  expect(message?.Body).toMatch(
    /^\{"version":"0","id":"[0-9a-f-]{36}","detail-type":"d","source":"s","account":"000000000000","time":"1970-01-01T00:00:00Z","region":"us-east-1","resources":\["arn:x"\],"detail":\{"n":1\.50\}\}$/,
  );
});

test('delivery - only what matches, and nothing after the target is removed', async () => {
  const stage = await stageOf();
  await subscribe(stage);
  await put(stage, [entry, { ...entry, Source: 'other' }]);
  expect(await stage.drain('q', 0)).toHaveLength(1);
  await stage.events.send(new RemoveTargetsCommand({ Rule: 'r', Ids: ['t'] }));
  await put(stage);
  expect(await stage.drain('q', 0)).toEqual([]);
});

test('delivery - in order, while the world is friendly', async () => {
  const stage = await stageOf();
  await subscribe(stage, { InputPath: '$.detail' });
  for (let n = 0; n < 30; n += 1) await put(stage, [{ ...entry, Detail: `{"n":${n}}` }]);
  const bodies = (await stage.drain('q', 0)).map(({ Body }) => Body);
  expect(bodies).toEqual(Array.from({ length: 30 }, (_, n) => `{"n":${n}}`));
});

test('delivery - from bus to bus', async () => {
  const stage = await stageOf();
  await stage.events.send(new CreateEventBusCommand({ Name: 'b' }));
  await stage.events.send(new PutRuleCommand({ Name: 'x', EventBusName: 'b', EventPattern: '{"source":["s"]}' }));
  const Targets = [{ Id: 't', Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default' }];
  await stage.events.send(new PutTargetsCommand({ Rule: 'x', EventBusName: 'b', Targets }));
  await subscribe(stage);
  await put(stage, [{ ...entry, EventBusName: 'b' }]);
  expect(await stage.drain('q', 0)).toHaveLength(1);
});

test('delivery - what a template makes of an event may be none for a bus', async () => {
  const stage = await stageOf();
  const Arn = await stage.queue('dead');
  await subscribe(stage, {
    Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/default',
    InputTransformer: { InputTemplate: '"a"\n"b"' },
    DeadLetterConfig: { Arn },
  });
  await put(stage);
  const [message] = await stage.drain('dead', 0);
  expect(message?.MessageAttributes).toMatchObject({ ERROR_CODE: { StringValue: 'INVALID_PARAMETER' } });
});

test('delivery - what a missing queue was to get goes to the dead-letter queue at once', async () => {
  const stage = await stageOf();
  const Arn = await stage.queue('dead');
  await subscribe(stage, { Arn: arnOf('none'), DeadLetterConfig: { Arn } });
  await put(stage);
  const [message] = await stage.drain('dead', 0);
  expect(JSON.parse(message?.Body ?? '')).toMatchObject({ source: 's', detail: { n: 1.5 } });
  expect(message?.MessageAttributes).toMatchObject({
    RULE_ARN: { StringValue: 'arn:aws:events:us-east-1:000000000000:rule/r' },
    TARGET_ARN: { StringValue: arnOf('none') },
    ERROR_CODE: { StringValue: 'NO_RESOURCE' },
  });
});

test('schedule - a rate fires at its pace until the rule is disabled', async () => {
  const stage = await stageOf();
  await stage.events.send(new PutRuleCommand({ Name: 'r', ScheduleExpression: 'rate(5 minutes)' }));
  await stage.events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn: arnOf('q') }] }));
  expect(await stage.drain('q', 299_000)).toHaveLength(0);
  const messages = await stage.drain('q', 601_000);
  const times = messages.map(({ Body = '' }) => JSON.parse(Body).time);
  expect(times).toEqual(['2026-01-01T00:05:00Z', '2026-01-01T00:10:00Z', '2026-01-01T00:15:00Z']);
  await stage.events.send(new PutRuleCommand({ Name: 'r', ScheduleExpression: 'rate(5 minutes)', State: 'DISABLED' }));
  expect(await stage.drain('q', 3_600_000)).toHaveLength(0);
});

test('liberty ADV-EB-03 - late by retries, which end with the age that the target sets', async () => {
  for (const [age, inQueue, dead] of [
    [undefined, 1, 0],
    [60, 0, 1],
  ] as const) {
    const choices = [
      { point: 'ADV-EB-03', key: 'arn:aws:events:us-east-1:000000000000:rule/r t#0', option: 3 },
    ] as const;
    const stage = await stageOf([], 0, choices);
    const Arn = await stage.queue('dead');
    const RetryPolicy = age === undefined ? undefined : { MaximumEventAgeInSeconds: age };
    await subscribe(stage, { DeadLetterConfig: { Arn }, RetryPolicy });
    await put(stage);
    expect(await stage.drain('q', 600_000)).toHaveLength(inQueue);
    expect(await stage.drain('dead', 0)).toHaveLength(dead);
  }
});

test('liberty ADV-EB-07 - an entry fails under a status of 200', async () => {
  const codes = new Set<string | undefined>();
  for (let seed = 0; seed < 300; seed += 1) {
    const { events } = await stageOf(['ADV-EB-07'], seed);
    const answer = await events.send(new PutEventsCommand({ Entries: [entry] }));
    codes.add(answer.Entries?.[0]?.ErrorCode);
    expect(answer.FailedEntryCount).toBe(answer.Entries?.[0]?.ErrorCode === undefined ? 0 : 1);
  }
  expect(codes).toEqual(new Set([undefined, 'InternalFailure', 'ThrottlingException']));
});

test('liberty ADV-EB-09 - a rule acts late', async () => {
  const counts = new Set<number>();
  for (let seed = 0; seed < 60; seed += 1) {
    const stage = await stageOf(['ADV-EB-09'], seed);
    await subscribe(stage);
    await put(stage);
    counts.add((await stage.drain('q', 61_000)).length);
    await put(stage);
    expect(await stage.drain('q', 0)).toHaveLength(1);
  }
  expect(counts).toEqual(new Set([0, 1]));
});

test('liberty ADV-EB-12 - a schedule fires anywhere inside its minute', async () => {
  const seconds = new Set<number>();
  for (let seed = 0; seed < 30; seed += 1) {
    const stage = await stageOf(['ADV-EB-12'], seed);
    await stage.events.send(new PutRuleCommand({ Name: 'r', ScheduleExpression: 'rate(1 minute)' }));
    await stage.events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn: arnOf('q') }] }));
    const messages = await stage.drain('q', 119_999);
    expect(messages).toHaveLength(1);
    seconds.add(new Date(JSON.parse(messages[0]?.Body ?? '').time).getUTCSeconds());
  }
  expect(seconds.size).toBeGreaterThan(5);
});
