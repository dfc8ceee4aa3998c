import { assert, boolean, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, textOf } from '../late-text.ts';
import { parseMessage } from './message.ts';
import { lateNotification, renderNotification } from './notification.ts';
import type { Published, Subscription, Topic } from './state.ts';

function topicOf(fifo: boolean): Topic {
  return {
    arn: 'arn:aws:sns:us-east-1:000000000000:orders',
    ownerId: '000000000000',
    endpoint: 'http://127.0.0.1:4566',
    ...(fifo && { fifo: { receipts: new Map(), nextSequence: 0n } }),
    attributes: new Map(),
    policy: '{}',
    tags: new Map(),
    subscriptions: new Map(),
    subscriptionsDeleted: 0,
    published: 0,
  } as unknown as Topic;
}

function subscriptionTo(topic: Topic): Subscription {
  return { arn: `${topic.arn}:1`, topic, protocol: 'sqs' } as Subscription;
}

function published(topic: Topic, input: Parameters<typeof parseMessage>[0], signatureVersion = '1'): Published {
  const message = parseMessage(input);
  return { messageId: 'm', topic, message, timestampMs: 0, signatureVersion, envelopes: new Map() };
}

test('late notification - is as long as it says, and the text that is rendered at once', () => {
  const text = string({ unit: 'binary', minLength: 1 });
  assert(
    property(text, boolean(), constantFrom('1', '2'), text, (Message, isFifo, version, StringValue) => {
      const topic = topicOf(isFifo);
      const MessageAttributes = { a: { DataType: 'String', StringValue } };
      const subscription = subscriptionTo(topic);
      const late = lateNotification(published(topic, { Message, MessageAttributes }, version), subscription);
      expect(bytesOf(late)).toBe(Buffer.byteLength(textOf(late)));
      expect(textOf(late)).toBe(
        renderNotification(published(topic, { Message, MessageAttributes }, version), subscription),
      );
      expect(JSON.parse(textOf(late))).toMatchObject({ Message, TopicArn: topic.arn });
    }),
  );
});

test('late notification - what a queue would refuse is not late', () => {
  const topic = topicOf(false);
  expect(lateNotification(published(topic, { Message: '\uFFFE' }), subscriptionTo(topic))).toBeTypeOf('string');
  expect(lateNotification(published(topic, { Message: 'a' }), subscriptionTo(topic))).toBeTypeOf('object');
});

test('late notification - is signed as the topic was when the message was accepted', () => {
  const topic = topicOf(false);
  const late = lateNotification(published(topic, { Message: 'a' }, '1'), subscriptionTo(topic));
  topic.attributes.set('SignatureVersion', '2');
  expect(JSON.parse(textOf(late))).toMatchObject({ SignatureVersion: '1' });
});
