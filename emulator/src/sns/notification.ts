import { createPrivateKey, sign as signBytes } from 'node:crypto';
import type { Text } from '../late-text.ts';
import { once } from '../once.ts';
import type { Message } from './message.ts';
import { signatureLength, signingCertificatePath, signingPrivateKeyPem } from './signing-key.ts';
import type { Envelope, NotificationSignature, Published, Subscription, Topic } from './state.ts';

/** The JSON document that HTTP endpoints get unless delivery is raw; members in AWS's order. */
export function renderNotification(published: Published, subscription: Subscription): string {
  const { opening, closing, signature, isSigned } = envelopeOf(published, subscription);
  const signed = isSigned ? membersOf(signature()) : '';
  return `${opening}${signed},"UnsubscribeURL":${unsubscribeText(subscription)}${closing}`;
}

/**
 * The same for a queue, made when it is first received: a signature costs more than all else about a publish, and a copy
 * for each queue most of the rest.
 */
export function lateNotification(published: Published, subscription: Subscription): Text {
  const { bytes, isPlain } = envelopeOf(published, subscription);
  if (!isPlain) return renderNotification(published, subscription);
  return {
    bytes: bytes + Buffer.byteLength(unsubscribeText(subscription)),
    read: () => renderNotification(published, subscription),
  };
}

/** The event that a Lambda function gets: the same message with its own spelling, and nulls. */
export function renderLambdaEvent(published: Published, subscription: Subscription): string {
  const { topic, message, messageId } = published;
  const body = bodyFor(message, subscription.protocol);
  const timestamp = new Date(published.timestampMs).toISOString();
  const { Signature, SigningCertURL } = envelopeOf(published, subscription).signature();
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
    ...sign(topic, signatureVersionOf(topic), signed),
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

function envelopeOf(published: Published, { protocol }: Subscription): Envelope {
  const { topic, message, messageId, sequenceNumber, envelopes } = published;
  const body = bodyFor(message, protocol);
  const known = envelopes.get(body);
  if (known !== undefined) return known;
  const head = JSON.stringify({
    Type: 'Notification',
    MessageId: messageId,
    SequenceNumber: sequenceNumber,
    TopicArn: topic.arn,
    Subject: message.subject,
    Message: body,
    Timestamp: new Date(published.timestampMs).toISOString(),
  });
  const opening = head.slice(0, -1);
  const attributes = renderAttributes(message);
  const closing = attributes === undefined ? '}' : `,"MessageAttributes":${JSON.stringify(attributes)}}`;
  // recorded: notifications of FIFO topics carry no signature
  const isSigned = topic.fifo === undefined;
  const unsigned = {
    SignatureVersion: published.signatureVersion,
    Signature: '',
    SigningCertURL: certificateUrl(topic),
  };
  const signed = isSigned ? Buffer.byteLength(membersOf(unsigned)) + signatureLength : 0;
  const envelope: Envelope = {
    opening,
    closing,
    bytes: Buffer.byteLength(opening) + signed + ',"UnsubscribeURL":'.length + Buffer.byteLength(closing),
    signature: once(() => signatureOf(published, body)),
    isSigned,
    isPlain: !/[\uFFFE\uFFFF]/.test(opening + closing),
  };
  envelopes.set(body, envelope);
  return envelope;
}

/** As members of a document that has some before. */
function membersOf(signature: NotificationSignature): string {
  return `,${JSON.stringify(signature).slice(1, -1)}`;
}

function unsubscribeText(subscription: Subscription): string {
  return JSON.stringify(unsubscribeUrl(subscription));
}

function signatureOf(published: Published, body: string): NotificationSignature {
  const { topic, message, messageId, signatureVersion } = published;
  return sign(topic, signatureVersion, {
    Message: body,
    MessageId: messageId,
    ...(message.subject !== undefined && { Subject: message.subject }),
    Timestamp: new Date(published.timestampMs).toISOString(),
    TopicArn: topic.arn,
    Type: 'Notification',
  });
}

export function signatureVersionOf({ attributes }: Topic): string {
  return attributes.get('SignatureVersion') ?? '1';
}

const privateKey = createPrivateKey(signingPrivateKeyPem);

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html (fields in byte order, as here) */
function sign(topic: Topic, version: string, fields: Readonly<Record<string, string>>): NotificationSignature {
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}\n${value}\n`)
    .join('');
  const signature = signBytes(version === '2' ? 'sha256' : 'sha1', Buffer.from(text), privateKey);
  return { SignatureVersion: version, Signature: signature.toString('base64'), SigningCertURL: certificateUrl(topic) };
}

function certificateUrl({ endpoint }: Topic): string {
  return endpoint + signingCertificatePath;
}
