import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { client, createVirtualClock, createWorld } from 'parallax-emulator';
import { exactMapping, filterPolicy, subjectAttributes } from 'parallax-translator/mappings';
import { expect, test } from 'vitest';
import { filterMatches, patternOf, subjectOf } from '#core';
import { smallPairs } from './law-cases.ts';

const pairs = smallPairs();
/** Of the roots `a` and `agent`, with wildcards in every place; a bus takes 300 rules. */
const filters = [...new Set(pairs.map(([filter]) => filter))];
const subjects = [...new Set(pairs.map(([, subject]) => subject))].filter((_, index) => index % 3 === 0);
const queueArn = (index: number): string => `arn:aws:sqs:us-east-1:000000000000:q${index}`;

function stage() {
  const clock = createVirtualClock();
  const world = createWorld({ clock });
  const sqs = client(world, SQSClient);
  const settle = async (): Promise<void> => {
    do for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    while (clock.nextWorkDueMs() !== undefined && clock.step());
  };
  return {
    settle,
    events: client(world, EventBridgeClient),
    sns: client(world, SNSClient),
    async makeQueues(): Promise<void> {
      const Policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] });
      for (const index of filters.keys())
        await sqs.send(
          new CreateQueueCommand({ QueueName: `q${index}`, Attributes: { Policy, VisibilityTimeout: '43200' } }),
        );
    },
    /** Bodies of all messages in the filter's queue. */
    async bodies(index: number): Promise<readonly string[]> {
      const found: string[] = [];
      for (;;) {
        const QueueUrl = `https://sqs.us-east-1.amazonaws.com/000000000000/q${index}`;
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        if (Messages.length === 0) return found;
        found.push(...Messages.map(({ Body = '' }) => Body));
      }
    },
  };
}

/** The subjects that NATS hands to the filter. */
const wanted = (filter: string): readonly string[] =>
  subjects.filter((subject) => filterMatches(patternOf(filter), subjectOf(subject))).sort();

test(
  'through the bus, each filter’s queue gets the subjects that NATS hands to the filter',
  { timeout: 60_000 },
  async () => {
    const { events, ...queues } = stage();
    await queues.makeQueues();
    for (const [index, filter] of filters.entries()) {
      await events.send(
        new PutRuleCommand({ Name: `r${index}`, EventPattern: JSON.stringify(exactMapping.rule(filter)) }),
      );
      await events.send(new PutTargetsCommand({ Rule: `r${index}`, Targets: [{ Id: 't', Arn: queueArn(index) }] }));
    }
    for (const subject of subjects) {
      const { source, detailType, detail } = exactMapping.encode(subject);
      const Entries = [{ Source: source, DetailType: detailType, Detail: JSON.stringify(detail) }];
      expect(await events.send(new PutEventsCommand({ Entries }))).toMatchObject({ FailedEntryCount: 0 });
    }
    await queues.settle();
    let delivered = 0;
    for (const [index, filter] of filters.entries()) {
      const got = (await queues.bodies(index)).map((body) => {
        const { source, 'detail-type': detailType, detail } = JSON.parse(body);
        return exactMapping.decode({ source, detailType, detail });
      });
      expect([filter, got.sort()]).toEqual([filter, wanted(filter)]);
      delivered += got.length;
    }
    expect(delivered).toBeGreaterThan(filters.length);
  },
);

test(
  'through a topic, the policy and the receiver’s filter hand over what NATS does',
  { timeout: 60_000 },
  async () => {
    const { sns, ...queues } = stage();
    await queues.makeQueues();
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 't' }));
    for (const [index, filter] of filters.entries()) {
      const policy = filterPolicy(filter);
      const Attributes = { RawMessageDelivery: 'true', ...(policy && { FilterPolicy: JSON.stringify(policy) }) };
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queueArn(index), Attributes }));
    }
    for (const subject of subjects) {
      const { count, tokens } = subjectAttributes(subject);
      const strings = Object.entries(tokens).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]);
      const MessageAttributes = {
        n: { DataType: 'Number', StringValue: String(count) },
        ...Object.fromEntries(strings),
      };
      await sns.send(new PublishCommand({ TopicArn, Message: subject, MessageAttributes }));
    }
    await queues.settle();
    for (const [index, filter] of filters.entries()) {
      const got = (await queues.bodies(index)).filter((subject) =>
        filterMatches(patternOf(filter), subjectOf(subject)),
      );
      expect([filter, got.toSorted()]).toEqual([filter, wanted(filter)]);
    }
  },
);
