import { createPrivateKey, sign as signBytes } from 'node:crypto';
import type { Message } from './message.ts';
import { signingCertificatePath, signingPrivateKeyPem } from './signing-key.ts';
import type { NotificationSignature, Published, Subscription, Topic } from './state.ts';

/** The JSON document that SQS and HTTP endpoints get unless delivery is raw; members in AWS's order. */
export function renderNotification(published: Published, subscription: Subscription): string {
  const { topic, message, messageId, sequenceNumber } = published;
  const body = bodyFor(message, subscription.protocol);
  const timestamp = new Date(published.timestampMs).toISOString();
  const attributes = renderAttributes(message);
  return JSON.stringify({
    Type: 'Notification',
    MessageId: messageId,
    SequenceNumber: sequenceNumber,
    TopicArn: topic.arn,
    Subject: message.subject,
    Message: body,
    Timestamp: timestamp,
    // recorded: notifications of FIFO topics carry no signature
    ...(topic.fifo === undefined && signatureOf(published, body)),
    UnsubscribeURL: unsubscribeUrl(subscription),
    MessageAttributes: attributes,
  });
}

/** The event that a Lambda function gets: the same message with its own spelling, and nulls. */
export function renderLambdaEvent(published: Published, subscription: Subscription): string {
  const { topic, message, messageId } = published;
  const body = bodyFor(message, subscription.protocol);
  const timestamp = new Date(published.timestampMs).toISOString();
  const { Signature, SigningCertURL } = signatureOf(published, body);
  const Sns = {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topic.arn,
    Subject: message.subject ?? null,
    Message: body,
    Timestamp: timestamp,
    // Recorded: 1 also where the signature is of version 2.
    SignatureVersion: '1',
    Signature,
    SigningCertUrl: SigningCertURL,
    UnsubscribeUrl: unsubscribeUrl(subscription),
    MessageAttributes: renderAttributes(message) ?? {},
  };
  return JSON.stringify({
    Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscription.arn, Sns }],
  });
}

/** The document that asks an HTTP endpoint to confirm that it wants to subscribe, or that it wanted to leave. */
export function renderConfirmation(
  subscription: Subscription,
  confirmation: {
    readonly type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
    readonly messageId: string;
    readonly token: string;
    readonly timestampMs: number;
  },
): string {
  const { topic } = subscription;
  const { type, token } = confirmation;
  const Timestamp = new Date(confirmation.timestampMs).toISOString();
  const Message =
    type === 'SubscriptionConfirmation'
      ? `You have chosen to subscribe to the topic ${topic.arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
      : `You have chosen to deactivate subscription ${subscription.arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`;
  const SubscribeURL = `${topic.endpoint}/?Action=ConfirmSubscription&TopicArn=${topic.arn}&Token=${token}`;
  const signed = {
    Message,
    MessageId: confirmation.messageId,
    SubscribeURL,
    Timestamp,
    Token: token,
    TopicArn: topic.arn,
    Type: type,
  };
  return JSON.stringify({
    Type: type,
    MessageId: confirmation.messageId,
    Token: token,
    TopicArn: topic.arn,
    Message,
    SubscribeURL,
    Timestamp,
    ...sign(topic, signed),
  });
}

/** The text of the message for a protocol. */
export function bodyFor(message: Message, protocol: string): string {
  return message.bodies.get(protocol) ?? message.body;
}

function unsubscribeUrl(subscription: Subscription): string {
  return `${subscription.topic.endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`;
}

function renderAttributes({ attributes }: Message): object | undefined {
  const entries = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => {
    const value = StringValue ?? Buffer.from(BinaryValue ?? []).toString('base64');
    return [name, { Type: DataType, Value: value }] as const;
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function signatureOf(published: Published, body: string): NotificationSignature {
  const known = published.signatures.get(body);
  if (known !== undefined) return known;
  const { topic, message, messageId } = published;
  const signature = sign(topic, {
    Message: body,
    MessageId: messageId,
    ...(message.subject !== undefined && { Subject: message.subject }),
    Timestamp: new Date(published.timestampMs).toISOString(),
    TopicArn: topic.arn,
    Type: 'Notification',
  });
  published.signatures.set(body, signature);
  return signature;
}

const privateKey = createPrivateKey(signingPrivateKeyPem);

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html (fields in byte order, as here) */
function sign(topic: Topic, fields: Readonly<Record<string, string>>): NotificationSignature {
  const version = topic.attributes.get('SignatureVersion') ?? '1';
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}\n${value}\n`)
    .join('');
  return {
    SignatureVersion: version,
    Signature: signBytes(version === '2' ? 'sha256' : 'sha1', Buffer.from(text), privateKey).toString('base64'),
    SigningCertURL: topic.endpoint + signingCertificatePath,
  };
}
