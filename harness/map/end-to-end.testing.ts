import { PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import type { SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { exactMapping, filterPolicy, subjectAttributes } from 'parallax-translator/mappings';
import { filterMatches, patternOf, subjectOf } from '#core';

/** An AWS of whatever kind, in account 000000000000 and us-east-1. For tests. */
export interface Aws {
  readonly events: Pick<EventBridgeClient, 'send'>;
  readonly sns: Pick<SNSClient, 'send'>;
  readonly sqs: Pick<SQSClient, 'send'>;
  /** Waits until all that is under way to queues has arrived. */
  readonly settle: () => Promise<void>;
  /** How long a receive waits for a message. */
  readonly waitSeconds: number;
}

export interface Agreement {
  readonly filter: string;
  /** Subjects that NATS hands to the filter, and those that arrived, sorted. */
  readonly wanted: readonly string[];
  readonly got: readonly string[];
}

interface Cases {
  readonly filters: readonly string[];
  readonly subjects: readonly string[];
  /** Begins the names of what is made. */
  readonly prefix: string;
}

const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`;

/** Each filter's rule with a queue, each subject's event: what arrives where, by the exact mapping. */
export async function throughBus(aws: Aws, cases: Cases): Promise<readonly Agreement[]> {
  const { filters, subjects, prefix } = cases;
  for (const [index, filter] of filters.entries()) {
    await makeQueue(aws, `${prefix}${index}`);
    const Rule = `${prefix}${index}`;
    await aws.events.send(new PutRuleCommand({ Name: Rule, EventPattern: JSON.stringify(exactMapping.rule(filter)) }));
    await aws.events.send(new PutTargetsCommand({ Rule, Targets: [{ Id: 'queue', Arn: arnOf(`${prefix}${index}`) }] }));
  }
  for (const subject of subjects) {
    const { source, detailType, detail } = exactMapping.encode(subject);
    const Entries = [{ Source: source, DetailType: detailType, Detail: JSON.stringify(detail) }];
    const { FailedEntryCount } = await aws.events.send(new PutEventsCommand({ Entries }));
    if (FailedEntryCount !== 0) throw new Error(`the event of '${subject}' was refused`);
  }
  await aws.settle();
  return collect(aws, cases, (_, body) => {
    const { source, 'detail-type': detailType, detail } = JSON.parse(body);
    return [exactMapping.decode({ source, detailType, detail })];
  });
}

/** The same through a topic with a filter policy for each queue, and the receiver's own filter behind it. */
export async function throughTopic(aws: Aws, cases: Cases): Promise<readonly Agreement[]> {
  const { filters, subjects, prefix } = cases;
  const { TopicArn } = await aws.sns.send(new CreateTopicCommand({ Name: prefix }));
  for (const [index, filter] of filters.entries()) {
    await makeQueue(aws, `${prefix}${index}`);
    const policy = filterPolicy(filter);
    const Attributes = { RawMessageDelivery: 'true', ...(policy && { FilterPolicy: JSON.stringify(policy) }) };
    const Endpoint = arnOf(`${prefix}${index}`);
    await aws.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }));
  }
  for (const subject of subjects) {
    const { count, tokens } = subjectAttributes(subject);
    const strings = Object.entries(tokens).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]);
    const MessageAttributes = { n: { DataType: 'Number', StringValue: String(count) }, ...Object.fromEntries(strings) };
    await aws.sns.send(new PublishCommand({ TopicArn, Message: subject, MessageAttributes }));
  }
  await aws.settle();
  return collect(aws, cases, (filter, subject) => (asksFor(filter, subject) ? [subject] : []));
}

async function makeQueue({ sqs }: Aws, QueueName: string): Promise<void> {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' }],
  });
  await sqs.send(new CreateQueueCommand({ QueueName, Attributes: { Policy, VisibilityTimeout: '43200' } }));
}

async function collect(
  { sqs, waitSeconds }: Aws,
  { filters, subjects, prefix }: Cases,
  read: (filter: string, body: string) => readonly string[],
): Promise<readonly Agreement[]> {
  return Promise.all(
    filters.map(async (filter, index): Promise<Agreement> => {
      const wanted = subjects.filter((subject) => asksFor(filter, subject)).sort();
      const got: string[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: `https://sqs.us-east-1.amazonaws.com/000000000000/${prefix}${index}`,
            MaxNumberOfMessages: 10,
            WaitTimeSeconds: waitSeconds,
          }),
        );
        if (Messages.length === 0) return { filter, wanted, got: got.sort() };
        got.push(...Messages.flatMap(({ Body = '' }) => read(filter, Body)));
      }
    }),
  );
}

function asksFor(filter: string, subject: string): boolean {
  return filterMatches(patternOf(filter), subjectOf(subject));
}
