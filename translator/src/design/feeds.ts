import {
  DeleteRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { UnsubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Message as SqsMessage } from '@aws-sdk/client-sqs';
import { isAwsError, isQueueGone } from '../aws-error.ts';
import { hashName, randomName } from '../name.ts';
import { mappingOf, workQueueKeys } from './mapping.ts';
import type { DesignOptions } from './options.ts';
import { workQueueName } from './publish.ts';
import { isFannedOut, subscribeQueue } from './fan-out.ts';
import { readEvent, readWork } from './wire.ts';
import type { Incoming } from './wire.ts';

/** A queue to poll, how its messages read, and how it is taken down. */
export interface Feed {
  readonly queueUrl: string;
  /** By this and its id a message is known to have been handled, from whichever queue it comes. */
  readonly handledBy: string;
  readonly read: (message: SqsMessage) => Incoming;
  /** A new rule feeds it, which may act only a while later. */
  readonly isByRule: boolean;
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
  const [root] = pattern.split('.');
  if (isFannedOut(options, root)) return [await topicFeed(options, pattern, queue)];
  if (options.mapping !== undefined || root !== 'work') return ruleFeeds(options, pattern, queue);
  const feeds: Feed[] = [];
  for (const queueKey of workQueueKeys(pattern)) {
    const queueUrl = await createQueue(options, workQueueName(options.prefix, queueKey));
    const read = (message: SqsMessage): Incoming => readWork(message, queueKey);
    const remove = (): Promise<void> => Promise.resolve();
    feeds.push({ queueUrl, handledBy: queueUrl, read, isByRule: false, isShared: true, remove });
  }
  return feeds;
}

/**
 * A rule on the default bus with the document's pattern and one SQS target; a queue group shares its queue. Where that is
 * mended, a second queue brings what did not get to the first.
 */
async function ruleFeeds(options: DesignOptions, pattern: string, queue: string | undefined): Promise<readonly Feed[]> {
  const { prefix, random, fixes, mapping } = options;
  const eventPattern = JSON.stringify(mappingOf(fixes, mapping).rule(pattern));
  const name = `${prefix}${queue === undefined ? randomName(random, 16) : hashName(queue)}`;
  const rule = queue === undefined ? name : `${prefix}${hashName(queue, pattern)}`;
  const queueUrl = await createQueue(options, name);
  const undelivered = fixes.has('undelivered') ? await createQueue(options, `${name}-undelivered`) : undefined;
  await putRule(options, { rule, eventPattern, queueUrl, undelivered });
  const feed: Feed = {
    queueUrl,
    handledBy: queueUrl,
    read: (message) => readEvent(message, options),
    isByRule: true,
    isShared: queue !== undefined,
    remove: async () => {
      if (queue === undefined) await removeRule(options, rule, queueUrl);
    },
  };
  if (undelivered === undefined) return [feed];
  const remove = async (): Promise<void> => {
    if (queue === undefined) await removeQueue(options, undelivered);
  };
  return [feed, { ...feed, queueUrl: undelivered, remove }];
}

/** A queue subscribed to the topic of broadcasts; a queue group shares one for each filter. */
async function topicFeed(options: DesignOptions, pattern: string, queue: string | undefined): Promise<Feed> {
  const { prefix, random } = options;
  const queueUrl = await createQueue(
    options,
    `${prefix}${queue === undefined ? randomName(random, 16) : hashName(queue, pattern)}`,
  );
  const subscriptionArn = await subscribeQueue(options, { queueArn: await queueArn(options, queueUrl), pattern });
  return {
    queueUrl,
    handledBy: queueUrl,
    read: (message) => readEvent(message, options),
    isByRule: false,
    isShared: queue !== undefined,
    remove: async () => {
      if (queue === undefined) await removeSubscription(options, subscriptionArn, queueUrl);
    },
  };
}

interface Route {
  readonly rule: string;
  readonly eventPattern: string;
  readonly queueUrl: string;
  /** The queue for what the target did not take. */
  readonly undelivered: string | undefined;
}

async function putRule(options: DesignOptions, { rule, eventPattern, queueUrl, undelivered }: Route): Promise<void> {
  const { clients, deploying } = options;
  const target = { Id: 'queue', Arn: await queueArn(options, queueUrl) };
  await deploying(() => clients.eventbridge.send(new PutRuleCommand({ Name: rule, EventPattern: eventPattern })));
  const targets = new PutTargetsCommand({
    Rule: rule,
    Targets: [undelivered === undefined ? target : { ...target, ...(await givingUp(options, undelivered)) }],
  });
  for (let tries = 0; tries < targetTriesMax; tries += 1) {
    const { FailedEntryCount = 0 } = await deploying(() => clients.eventbridge.send(targets));
    if (FailedEntryCount === 0) return;
  }
  throw new Error(`rule '${rule}' got no target in ${targetTriesMax} tries`);
}

/**
 * Without these an event is tried for 24 hours and then gone. A minute is the least that EventBridge takes.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 */
async function givingUp(options: DesignOptions, queueUrl: string) {
  return {
    RetryPolicy: { MaximumEventAgeInSeconds: 60 },
    DeadLetterConfig: { Arn: await queueArn(options, queueUrl) },
  };
}

const targetTriesMax = 10;

function removeRule(options: DesignOptions, Rule: string, QueueUrl: string): Promise<void> {
  const { clients } = options;
  return takeDown(options, [
    () => clients.eventbridge.send(new RemoveTargetsCommand({ Rule, Ids: ['queue'] })),
    () => clients.eventbridge.send(new DeleteRuleCommand({ Name: Rule })),
    () => clients.sqs.send(new DeleteQueueCommand({ QueueUrl })),
  ]);
}

function removeSubscription(options: DesignOptions, SubscriptionArn: string, QueueUrl: string): Promise<void> {
  const { clients } = options;
  return takeDown(options, [
    () => clients.sns.send(new UnsubscribeCommand({ SubscriptionArn })),
    () => clients.sqs.send(new DeleteQueueCommand({ QueueUrl })),
  ]);
}

function removeQueue(options: DesignOptions, QueueUrl: string): Promise<void> {
  return takeDown(options, [() => options.clients.sqs.send(new DeleteQueueCommand({ QueueUrl }))]);
}

/** What may be gone already: an earlier attempt may have done it and its answer been lost. */
async function takeDown({ deploying }: DesignOptions, steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const step of steps) {
    try {
      await deploying<unknown>(step);
    } catch (error) {
      if (!isAwsError(error, 'ResourceNotFoundException') && !isQueueGone(error)) throw error;
    }
  }
}

/** The deployment's queue; with its dead-letter queue where that is mended. */
async function createQueue(options: DesignOptions, QueueName: string): Promise<string> {
  const { clients, deploying, visibilityTimeoutSeconds, fixes } = options;
  const command = new CreateQueueCommand({
    QueueName,
    Attributes: {
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: ['events.amazonaws.com', ...(fixes.has('fan-out') ? ['sns.amazonaws.com'] : [])] },
            Action: 'sqs:SendMessage',
            Resource: '*',
          },
        ],
      }),
      ...(visibilityTimeoutSeconds !== undefined && { VisibilityTimeout: String(visibilityTimeoutSeconds) }),
      ...(fixes.has('dead-letters') && { RedrivePolicy: await redrivePolicy(options, QueueName) }),
    },
  });
  const { QueueUrl } = await deploying(() => clients.sqs.send(command));
  if (QueueUrl === undefined) throw new Error('CreateQueue answered without a URL');
  return QueueUrl;
}

async function redrivePolicy(options: DesignOptions, QueueName: string): Promise<string> {
  const { clients, deploying } = options;
  const command = new CreateQueueCommand({ QueueName: `${QueueName}-dead` });
  const { QueueUrl = '' } = await deploying(() => clients.sqs.send(command));
  const deadLetterTargetArn = await queueArn(options, QueueUrl);
  return JSON.stringify({ deadLetterTargetArn, maxReceiveCount: receivesMax });
}

async function queueArn({ clients, deploying }: DesignOptions, QueueUrl: string): Promise<string | undefined> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  const { Attributes } = await deploying(() => clients.sqs.send(command));
  return Attributes?.['QueueArn'];
}
