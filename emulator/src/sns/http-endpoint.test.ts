import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { createVerify } from 'node:crypto';
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { client, startEmulator } from '../index.ts';
import { stand } from '../stand.fixture.ts';

interface Post {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An endpoint that takes whatever comes, and tells it in order. */
async function startEndpoint() {
  const waiting: ((post: Post) => void)[] = [];
  const posts: Post[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.end();
      const post = { headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      const taker = waiting.shift();
      if (taker === undefined) posts.push(post);
      else taker(post);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    next: () => {
      const post = posts.shift();
      return post === undefined ? new Promise<Post>((resolve) => waiting.push(resolve)) : Promise.resolve(post);
    },
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

test('an HTTP endpoint confirms, receives signed notifications, and leaves', async () => {
  await using emulator = await startEmulator();
  await using endpoint = await startEndpoint();
  const sns = new SNSClient({
    endpoint: emulator.url,
    region: 'us-east-1',
    credentials: { accessKeyId: '000000000000', secretAccessKey: 'x' },
  });
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
  const pending = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: endpoint.url }));
  expect(pending.SubscriptionArn).toBe('pending confirmation');

  const asked = await endpoint.next();
  const confirmation = JSON.parse(asked.body);
  expect(asked.headers).toMatchObject({
    'x-amz-sns-message-type': 'SubscriptionConfirmation',
    'x-amz-sns-topic-arn': TopicArn,
    'user-agent': 'Amazon Simple Notification Service Agent',
    'content-type': 'text/plain; charset=UTF-8',
  });
  const confirmed = await (await fetch(confirmation.SubscribeURL)).text();
  const arn = /<SubscriptionArn>(.*)<\/SubscriptionArn>/.exec(confirmed)?.[1];
  const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
  expect(Attributes).toMatchObject({ PendingConfirmation: 'false', ConfirmationWasAuthenticated: 'false' });

  await sns.send(new PublishCommand({ TopicArn, Subject: 's', Message: 'hello' }));
  const notification = JSON.parse((await endpoint.next()).body);
  expect(notification).toMatchObject({ Type: 'Notification', Message: 'hello', Subject: 's', SignatureVersion: '1' });
  const certificate = await (await fetch(notification.SigningCertURL)).text();
  const signed = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
    .map((name) => `${name}\n${notification[name]}\n`)
    .join('');
  expect(createVerify('sha1').update(signed).verify(certificate, notification.Signature, 'base64')).toBe(true);

  await sns.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
  expect(JSON.parse((await endpoint.next()).body).Type).toBe('UnsubscribeConfirmation');
  sns.destroy();
});

test('what an HTTP endpoint does not take in three retries, 20 seconds apart, goes to the dead-letter queue', async () => {
  const { world, idle, clock } = stand();
  const [sns, sqs] = [client(world, SNSClient), client(world, SQSClient)];
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({
      QueueName: 'dead',
      Attributes: { Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:*' }] }) },
    }),
  );
  const subscribed = await (async () => {
    await using endpoint = await startEndpoint();
    const { SubscriptionArn } = await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'http',
        Endpoint: endpoint.url,
        ReturnSubscriptionArn: true,
        Attributes: {
          RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead' }),
        },
      }),
    );
    await idle();
    const { Token } = JSON.parse((await endpoint.next()).body);
    await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
    return SubscriptionArn;
  })();
  expect(subscribed).toContain(TopicArn);
  const startMs = clock.epochMs();
  await sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
  await idle();
  expect(clock.epochMs() - startMs).toBe(60_000);
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(JSON.parse(Messages?.[0]?.Body ?? '{}')).toMatchObject({ Type: 'Notification', Message: 'hello' });
});

test('an endpoint off this machine is never called', async () => {
  const { postToEndpoint } = await import('./http-endpoint.ts');
  const post = {
    body: '',
    contentType: 'text/plain',
    messageType: 'Notification',
    messageId: 'm',
    topicArn: 't',
  } as const;
  expect(await postToEndpoint({ ...post, url: 'http://192.0.2.1/' })).toEqual({ ok: false, retryable: true });
  expect(await postToEndpoint({ ...post, url: 'not a url' })).toEqual({ ok: false, retryable: true });
});
