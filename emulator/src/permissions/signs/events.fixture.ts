import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import type { PutEventsCommandOutput } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { advance } from '../../advance.ts';
import { client } from '../../index.ts';
import type { Stand } from '../../stand.fixture.ts';
import type { eventsPermissions } from '../events.ts';
import { isRefused } from './sign.fixture.ts';
import type { Sign } from './sign.fixture.ts';

const queueArn = 'arn:aws:sqs:us-east-1:000000000000:q';
const policy = JSON.stringify({
  Statement: [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage' }],
});
const dayMs = 86_400_000;

interface BusStand extends Stand {
  readonly events: EventBridgeClient;
  readonly put: () => Promise<PutEventsCommandOutput>;
  /** A rule for what `put` sends, with the queue as its target. */
  readonly subscribe: (rule?: object) => Promise<void>;
  /** The attributes of what lies in the dead-letter queue. */
  readonly drainDead: () => Promise<readonly Readonly<Record<string, string | undefined>>[]>;
  /** What has come to the queue, once so much time has passed. */
  readonly arrivedWithin: (ms: number) => Promise<readonly string[]>;
}

async function withBus(stand: Stand): Promise<BusStand> {
  const { world, clock } = stand;
  const events = client(world, EventBridgeClient, { maxAttempts: 1 });
  const sqs = client(world, SQSClient);
  const Attributes = { Policy: policy, VisibilityTimeout: '43200' };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q', Attributes }));
  const dead = await sqs.send(new CreateQueueCommand({ QueueName: 'q-dead', Attributes }));
  return {
    ...stand,
    events,
    put: () => events.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'd', Detail: '{}' }] })),
    subscribe: async (rule = { EventPattern: '{"source":["s"]}' }) => {
      await events.send(new PutRuleCommand({ Name: 'r', ...rule }));
      await events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn: queueArn }] }));
    },
    drainDead: async () => {
      await advance(clock, world, clock.epochMs());
      const input = { QueueUrl: dead.QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
      return Messages.map(({ MessageAttributes = {} }) =>
        Object.fromEntries(Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue])),
      );
    },
    arrivedWithin: async (ms) => {
      await advance(clock, world, clock.epochMs() + ms);
      const bodies: string[] = [];
      for (;;) {
        const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        if (Messages === undefined) return bodies;
        bodies.push(...Messages.map(({ Body = '' }) => Body));
      }
    },
  };
}

/** The sign shows in when one event comes to a target that subscribed before. */
const onOneEvent =
  (look: (stand: BusStand) => Promise<boolean>): Sign =>
  async (stand) => {
    const made = await withBus(stand);
    await made.subscribe();
    await made.put();
    return look(made);
  };

export const eventsSigns: Readonly<Record<keyof typeof eventsPermissions, Sign>> = {
  'ADV-EB-01': onOneEvent(async ({ arrivedWithin }) => (await arrivedWithin(1000)).length > 1),
  'ADV-EB-02': onOneEvent(
    async ({ arrivedWithin }) => (await arrivedWithin(0)).length === 0 && (await arrivedWithin(1000)).length === 1,
  ),
  'ADV-EB-03': onOneEvent(
    async ({ arrivedWithin }) => (await arrivedWithin(999)).length === 0 && (await arrivedWithin(dayMs)).length === 1,
  ),
  'ADV-EB-04': onOneEvent(async ({ arrivedWithin }) => (await arrivedWithin(2 * dayMs)).length === 0),
  'ADV-EB-05': async (stand) => {
    const { events, put, drainDead, subscribe } = await withBus(stand);
    await subscribe();
    const DeadLetterConfig = { Arn: `${queueArn}-dead` };
    await events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn: queueArn, DeadLetterConfig }] }));
    await put();
    const [dead] = await drainDead();
    return dead?.['ERROR_CODE'] === 'THROTTLING' && dead['EXHAUSTED_RETRY_CONDITION'] === undefined;
  },
  'ADV-EB-07': async (stand) => {
    const { put } = await withBus(stand);
    return (await put()).FailedEntryCount === 1;
  },
  'ADV-EB-09': async (stand) => {
    const { subscribe, put, arrivedWithin } = await withBus(stand);
    await subscribe();
    await put();
    return (await arrivedWithin(61_000)).length === 0;
  },
  'ADV-EB-10': async (stand) => isRefused((await withBus(stand)).put(), 'ThrottlingException'),
  'ADV-EB-11': async (stand) => {
    const { events } = await withBus(stand);
    await events.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["s"]}' }));
    const Targets = [{ Id: 't', Arn: queueArn }];
    return (await events.send(new PutTargetsCommand({ Rule: 'r', Targets }))).FailedEntryCount === 1;
  },
  'ADV-EB-12': async (stand) => {
    const { subscribe, arrivedWithin } = await withBus(stand);
    await subscribe({ ScheduleExpression: 'rate(1 minute)' });
    const [body = ''] = await arrivedWithin(119_999);
    return new Date(timeOf(body)).getUTCSeconds() !== 0;
  },
};

function timeOf(event: string): string {
  const { time }: { readonly time: string } = JSON.parse(event);
  return time;
}
