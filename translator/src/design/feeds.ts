import {
  DeleteRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, DeleteQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Message as SqsMessage } from '@aws-sdk/client-sqs';
import { hashName, randomName } from '../name.ts';
import { mappingOf, workQueueKeys } from './mapping.ts';
import type { DesignOptions } from './options.ts';
import { workQueueName } from './publish.ts';
import { readEvent, readWork } from './wire.ts';
import type { Incoming } from './wire.ts';

/** A queue to poll, how its messages read, and how it is taken down. */
export interface Feed {
  readonly queueUrl: string;
  readonly read: (message: SqsMessage) => Incoming;
  /** Others poll it too, so that what is not asked for is left to them. */
  readonly isShared: boolean;
  readonly remove: () => Promise<void>;
}

/** Receives before a message counts as poison, where that is mended. */
const receivesMax = 5;

/** The queues that bring what a filter asks for. */
export async function openFeeds(
  options: DesignOptions,
  pattern: string,
  queue: string | undefined,
): Promise<readonly Feed[]> {
  if (pattern.split('.')[0] !== 'work') return [await ruleFeed(options, pattern, queue)];
  const feeds: Feed[] = [];
  for (const queueKey of workQueueKeys(pattern)) {
    const queueUrl = await createQueue(options, workQueueName(options.prefix, queueKey));
    const read = (message: SqsMessage): Incoming => readWork(message, queueKey);
    feeds.push({ queueUrl, read, isShared: true, remove: () => Promise.resolve() });
  }
  return feeds;
}

/** A rule on the default bus with the document's pattern and one SQS target; a queue group shares its queue. */
async function ruleFeed(options: DesignOptions, pattern: string, queue: string | undefined): Promise<Feed> {
  const { clients, prefix, random, fixes } = options;
  const EventPattern = JSON.stringify(mappingOf(fixes).rule(pattern));
  const name = `${prefix}${queue === undefined ? randomName(random, 16) : hashName(queue)}`;
  const Rule = queue === undefined ? name : `${prefix}${hashName(queue, pattern)}`;
  const queueUrl = await createQueue(options, name);
  const Arn = await queueArn(options, queueUrl);
  await clients.eventbridge.send(new PutRuleCommand({ Name: Rule, EventPattern }));
  await clients.eventbridge.send(new PutTargetsCommand({ Rule, Targets: [{ Id: 'queue', Arn }] }));
  return {
    queueUrl,
    read: (message) => readEvent(message, fixes),
    isShared: queue !== undefined,
    remove: async () => {
      if (queue !== undefined) return;
      await clients.eventbridge.send(new RemoveTargetsCommand({ Rule, Ids: ['queue'] }));
      await clients.eventbridge.send(new DeleteRuleCommand({ Name: Rule }));
      await clients.sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl }));
    },
  };
}

/** The deployment's queue; with its dead-letter queue where that is mended. */
async function createQueue(options: DesignOptions, QueueName: string): Promise<string> {
  const { clients, visibilityTimeoutSeconds, fixes } = options;
  const Attributes = {
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: '*',
        },
      ],
    }),
    ...(visibilityTimeoutSeconds !== undefined && { VisibilityTimeout: String(visibilityTimeoutSeconds) }),
    ...(fixes.has('dead-letters') && { RedrivePolicy: await redrivePolicy(options, QueueName) }),
  };
  const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  if (QueueUrl === undefined) throw new Error('CreateQueue answered without a URL');
  return QueueUrl;
}

async function redrivePolicy(options: DesignOptions, QueueName: string): Promise<string> {
  const { QueueUrl = '' } = await options.clients.sqs.send(new CreateQueueCommand({ QueueName: `${QueueName}-dead` }));
  const deadLetterTargetArn = await queueArn(options, QueueUrl);
  return JSON.stringify({ deadLetterTargetArn, maxReceiveCount: receivesMax });
}

async function queueArn({ clients }: DesignOptions, QueueUrl: string): Promise<string | undefined> {
  const { Attributes } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  return Attributes?.['QueueArn'];
}
