import { AwsError } from '../errors.ts';
import type { World } from '../service.ts';
import { uuid } from '../ids.ts';
import { fanOut } from './fan-out.ts';
import { addReceipt, contentDeduplicationId, findReceipt } from './fifo-log.ts';
import { invalidParameter } from './invalid-parameter.ts';
import { signatureVersionOf } from './notification.ts';
import { checkForTopic, parseMessage } from './message.ts';
import type { Message, PublishInput } from './message.ts';
import type { Published, Topic } from './state.ts';
import { messageBytesMaxOf } from './topic-attributes.ts';

/** What Publish answers, and PublishBatch for each entry. */
export interface PublishReceipt {
  readonly MessageId: string;
  readonly SequenceNumber?: string;
}

/** Everything that must hold before a message is accepted. */
export function acceptMessage(topic: Topic, input: PublishInput): Message {
  const message = parseMessage(input);
  if (message.bytes > messageBytesMaxOf(topic)) throw invalidParameter('Message too long');
  checkMessage(topic, message);
  return message;
}

/** As `acceptMessage`, for the entries of a batch: their size counts together and is told apart. */
export function acceptBatch(topic: Topic, inputs: readonly PublishInput[]): readonly Message[] {
  const messages = inputs.map((input) => parseMessage(input));
  for (const message of messages) checkMessage(topic, message);
  const bytes = messages.reduce((sum, message) => sum + message.bytes, 0);
  if (bytes > messageBytesMaxOf(topic)) {
    throw new AwsError('BatchRequestTooLong', 'The length of all the messages put together is more than the limit.');
  }
  return messages;
}

/**
 * Takes an accepted message: a duplicate of a FIFO topic gets the receipt of its first, everything else goes out to the
 * subscriptions, each tried once before the answer.
 */
export async function publishMessage(
  world: World,
  topic: Topic,
  message: Message,
  traceHeader?: string,
): Promise<PublishReceipt> {
  const nowMs = world.clock.epochMs();
  const messageId = uuid(world.random);
  const common = {
    messageId,
    topic,
    message,
    timestampMs: nowMs,
    signatureVersion: signatureVersionOf(topic),
    envelopes: new Map<string, never>(),
  };
  const trace = traceHeader === undefined ? {} : { traceHeader };
  if (topic.fifo === undefined) {
    await fanOut(world, { ...common, ...trace });
    return { MessageId: messageId };
  }
  const deduplicationId = message.deduplicationId ?? contentDeduplicationId(message.body);
  const key =
    topic.attributes.get('FifoThroughputScope') === 'MessageGroup'
      ? `${message.groupId}\n${deduplicationId}`
      : deduplicationId;
  const known = findReceipt(topic.fifo, key, nowMs);
  if (known !== undefined) return { MessageId: known.messageId, SequenceNumber: known.sequenceNumber };
  const { sequenceNumber } = addReceipt(topic.fifo, key, messageId, nowMs);
  const published: Published = { ...common, ...trace, sequenceNumber, deduplicationId };
  await fanOut(world, published);
  return { MessageId: messageId, SequenceNumber: sequenceNumber };
}

function checkMessage(topic: Topic, message: Message): void {
  checkForTopic(message, {
    fifo: topic.fifo !== undefined,
    contentBasedDeduplication: topic.attributes.get('ContentBasedDeduplication') === 'true',
  });
}
