import { CreateTopicCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { createPublicKey, verify } from 'node:crypto';
import { isRecord } from '../../emulator/src/codecs/json.ts';
import type { Running } from '../peers/running.ts';
import { createClients } from './clients.ts';
import type { Clients } from './clients.ts';

interface Probe {
  /** What is left out. */
  readonly name: string;
  /** Is it? */
  readonly isLeftOut: (clients: Clients, server: Running) => Promise<boolean>;
}

/** Work that AWS does for the calls of the bench and that a server may leave out, each found by a call. */
const probes: readonly Probe[] = [
  {
    name: 'puts no signature that verifies into a notification',
    isLeftOut: async (clients, server) => {
      const text = await notification(clients, 'bench-signed', 'allow');
      return text === undefined || !(await isSigned(text, server));
    },
  },
  {
    name: "sends a topic's messages to a queue whose policy lets nobody send",
    isLeftOut: async (clients) => (await notification(clients, 'bench-closed', 'none')) !== undefined,
  },
  {
    name: 'takes a message attribute whose name AWS refuses (`aws.reserved`)',
    isLeftOut: async ({ sqs }) =>
      isTaken(async () => {
        const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'bench-names' }));
        const MessageAttributes = { 'aws.reserved': { DataType: 'String', StringValue: 'x' } };
        return sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageAttributes }));
      }),
  },
  {
    name: 'takes a message attribute of a type that there is not (`Text`)',
    isLeftOut: async ({ sqs }) =>
      isTaken(async () => {
        const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'bench-types' }));
        const MessageAttributes = { a: { DataType: 'Text', StringValue: 'x' } };
        return sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageAttributes }));
      }),
  },
  {
    name: 'takes a subject with a line break in Publish',
    isLeftOut: async ({ sns }) =>
      isTaken(async () => {
        const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'bench-subjects' }));
        return sns.send(new PublishCommand({ TopicArn, Message: 'x', Subject: 'a\nb' }));
      }),
  },
];

/** The names of what the server leaves out; of one that speaks no SQS and SNS, none. */
export async function shortcutsOf(server: Running): Promise<readonly string[]> {
  const { services, name } = server.kind;
  if (name === 'floor' || !services.includes('sqs') || !services.includes('sns')) return [];
  const clients = createClients(server.url, 1);
  const found: string[] = [];
  for (const { name: left, isLeftOut } of probes) if (await isLeftOut(clients, server)) found.push(left);
  clients.destroy();
  return found;
}

async function isTaken(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch {
    return false;
  }
}

/** What a queue gets of a message to its topic. */
async function notification(
  { sqs, sns }: Clients,
  name: string,
  access: 'allow' | 'none',
): Promise<string | undefined> {
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: name, Attributes: access === 'allow' ? { Policy: openPolicy } : {} }),
  );
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: name }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'] }));
  await sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
  return Messages?.[0]?.Body;
}

const openPolicy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
});

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
async function isSigned(text: string, server: Running): Promise<boolean> {
  const document: unknown = JSON.parse(text);
  if (!isRecord(document)) return false;
  const { Signature, SigningCertURL } = document;
  // Some other server's certificate is not ours to fetch.
  if (typeof SigningCertURL !== 'string' || !isLocal(SigningCertURL) || typeof Signature !== 'string') return false;
  const url = new URL(SigningCertURL);
  const certificate = await fetch(`${server.url}${url.pathname}`).then((answer) => answer.text());
  const fields = ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type'];
  const signed = fields.map((name) => `${name}\n${String(document[name])}\n`).join('');
  try {
    return verify('sha1', Buffer.from(signed), createPublicKey(certificate), Buffer.from(Signature, 'base64'));
  } catch {
    return false;
  }
}

function isLocal(url: string): boolean {
  return URL.canParse(url) && /^127\.|(^|\.)localhost(\.|$)/.test(new URL(url).hostname);
}
