import {
  DeleteRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, DeleteQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Message as SqsMessage } from '@aws-sdk/client-sqs';
import type { ConnectOptions, Message, SubscribeOptions, Subscription } from '../connection.ts';
import { UnsupportedError } from '../errors.ts';
import { parseObject, recordOf } from '../json.ts';
import { createMailbox } from '../mailbox.ts';
import { hashName, randomName } from '../name.ts';
import { consume } from './consumer.ts';
import { designMapping, workQueueKeys } from './mapping.ts';
import { workQueueName } from './publish.ts';

/** A queue to poll, how its messages read, and how it is taken down. */
interface Feed {
  readonly queueUrl: string;
  readonly read: (message: SqsMessage) => Message;
  readonly remove: () => Promise<void>;
}

/** Subscribes as the document does: `work` by polling the shared queue, all else by a rule with one SQS target. */
export async function subscribe(
  options: ConnectOptions,
  pattern: string,
  { subscribeOptions, ended }: { readonly subscribeOptions: SubscribeOptions; readonly ended: AbortSignal },
): Promise<Subscription> {
  if (subscribeOptions.max !== undefined) throw new UnsupportedError('the consumer has no limit of messages');
  const feeds =
    pattern.split('.')[0] === 'work'
      ? await workFeeds(options, pattern)
      : [await ruleFeed(options, pattern, subscribeOptions.queue)];
  const stop = new AbortController();
  const mailbox = createMailbox({ onError: (error) => options.onError?.(error) });
  const handler = subscribeOptions.handler ?? mailbox.push;
  const signal = AbortSignal.any([ended, stop.signal]);
  const polling = Promise.all(
    feeds.map(({ queueUrl, read }) =>
      consume(options, {
        queueUrl,
        signal,
        handle: async (message) => {
          await handler(read(message));
        },
      }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      }),
    ),
  ).then(
    () => mailbox.end(),
    (error: unknown) => {
      mailbox.end();
      options.onError?.(error);
      throw error;
    },
  );
  polling.catch(() => undefined);
  const end = async (): Promise<void> => {
    stop.abort();
    await polling.catch(() => undefined);
    for (const feed of feeds) await feed.remove();
  };
  return {
    unsubscribe: async (max) => {
      if (max !== undefined) throw new UnsupportedError('the consumer has no limit of messages');
      mailbox.discard();
      await end();
    },
    drain: end,
    closed: polling,
    [Symbol.asyncIterator]: () => mailbox[Symbol.asyncIterator](),
  };
}

/** The queues of a domain, made where they are missing; groups and plain subscriptions share them. */
async function workFeeds(options: ConnectOptions, pattern: string): Promise<readonly Feed[]> {
  const feeds: Feed[] = [];
  for (const queueKey of workQueueKeys(pattern)) {
    const queueUrl = await createQueue(options, workQueueName(options.prefix, queueKey));
    const subject = `work.${queueKey.replace('-', '.')}`;
    feeds.push({
      queueUrl,
      read: ({ Body = '' }) => ({ subject, payload: Buffer.from(Body, 'utf8'), headers: [] }),
      remove: () => Promise.resolve(),
    });
  }
  return feeds;
}

/** A rule on the default bus with the document's pattern and one SQS target; a queue group shares its queue. */
async function ruleFeed(options: ConnectOptions, pattern: string, queue: string | undefined): Promise<Feed> {
  const { clients, prefix, random } = options;
  const eventPattern = JSON.stringify(designMapping.rule(pattern));
  const name = `${prefix}${queue === undefined ? randomName(random, 16) : hashName(queue)}`;
  const ruleName = queue === undefined ? name : `${prefix}${hashName(queue, pattern)}`;
  const queueUrl = await createQueue(options, name);
  const { Attributes } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
  );
  await clients.eventbridge.send(new PutRuleCommand({ Name: ruleName, EventPattern: eventPattern }));
  await clients.eventbridge.send(
    new PutTargetsCommand({ Rule: ruleName, Targets: [{ Id: 'queue', Arn: Attributes?.['QueueArn'] }] }),
  );
  return {
    queueUrl,
    read: readEvent,
    remove: async () => {
      if (queue !== undefined) return;
      await clients.eventbridge.send(new RemoveTargetsCommand({ Rule: ruleName, Ids: ['queue'] }));
      await clients.eventbridge.send(new DeleteRuleCommand({ Name: ruleName }));
      await clients.sqs.send(new DeleteQueueCommand({ QueueUrl: queueUrl }));
    },
  };
}

async function createQueue({ clients, visibilityTimeoutSeconds }: ConnectOptions, QueueName: string): Promise<string> {
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
  };
  const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  if (QueueUrl === undefined) throw new Error('CreateQueue answered without a URL');
  return QueueUrl;
}

/** The message that an event was made from; of a broadcast the whole detail is the payload. */
function readEvent({ Body = '' }: SqsMessage): Message {
  const event = parseObject(Body) ?? {};
  const source = typeof event['source'] === 'string' ? event['source'] : '';
  const detailType = typeof event['detail-type'] === 'string' ? event['detail-type'] : '';
  const detail = recordOf(event['detail']) ?? {};
  const { payload } = detail;
  return {
    subject: designMapping.decode({ source, detailType, detail }),
    payload:
      source === 'mistersmith.broadcast' || typeof payload !== 'string'
        ? Buffer.from(JSON.stringify(detail), 'utf8')
        : Buffer.from(payload, 'base64'),
    headers: [],
  };
}
