import { AwsError } from '../errors.ts';
import { snsQuotas } from '../quotas.ts';
import { invalidParameter } from './invalid-parameter.ts';
import { messageAttributesBytes, validateMessageAttributes } from './message-attributes.ts';
import type { MessageAttributes } from './message-attributes.ts';

/** What Publish and each entry of PublishBatch have in common. */
export interface PublishInput {
  readonly Message: string;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?: MessageAttributes | undefined;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
}

/** A message that passed validation. */
export interface Message {
  readonly subject?: string;
  /** What every protocol gets that `bodies` does not name. */
  readonly body: string;
  /** By protocol, from a message with structure. */
  readonly bodies: ReadonlyMap<string, string>;
  readonly attributes: MessageAttributes;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly bytes: number;
}

/** Without control characters, at most 100 characters: the page of Publish; the message is recorded. */
const subjectPattern = new RegExp(`^[^\\p{Cc}]{1,${snsQuotas.subjectLengthMax}}$`, 'u');

/** Letters, digits and ASCII punctuation, up to 128, as the page of Publish says of both ids. */
const idPattern = new RegExp(`^[!-~]{1,${snsQuotas.groupIdLengthMax}}$`);

/** What does not depend on the topic. Throws SNS's complaint, in the order SNS makes them where that was seen. */
export function parseMessage(input: PublishInput): Message {
  if (input.Message === '') throw invalidParameter('Empty message');
  if (input.Subject !== undefined && !subjectPattern.test(input.Subject)) throw invalidParameter('Subject');
  const attributes = input.MessageAttributes ?? {};
  validateMessageAttributes(attributes);
  checkId(input.MessageGroupId, 'MessageGroupId');
  checkId(input.MessageDeduplicationId, 'MessageDeduplicationId');
  return {
    ...(input.Subject !== undefined && { subject: input.Subject }),
    ...parseBodies(input),
    attributes,
    ...(input.MessageGroupId !== undefined && { groupId: input.MessageGroupId }),
    ...(input.MessageDeduplicationId !== undefined && { deduplicationId: input.MessageDeduplicationId }),
    bytes: Buffer.byteLength(input.Message) + messageAttributesBytes(attributes),
  };
}

/** What depends on the topic being FIFO; sends the reason back as an error. */
export function checkForTopic(
  message: Message,
  topic: { readonly fifo: boolean; readonly contentBasedDeduplication: boolean },
): void {
  if (!topic.fifo) {
    if (message.deduplicationId === undefined) return;
    throw invalidParameter(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    );
  }
  if (message.groupId === undefined) {
    throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  }
  if (message.deduplicationId === undefined && !topic.contentBasedDeduplication) {
    throw invalidParameter(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
}

/** Refuses a batch as a whole, before any entry is looked at: recorded, all of them. */
export function checkBatchEntries(ids: readonly string[]): void {
  if (ids.length === 0) {
    throw new AwsError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  }
  if (ids.length > snsQuotas.batchEntriesMax) {
    throw new AwsError('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.');
  }
  for (const id of ids) {
    if (id.length > snsQuotas.batchEntryIdLengthMax) {
      throw new AwsError('InvalidBatchEntryId', `The Id of a batch entry in the batch request is too long: ${id}`);
    }
    if (!/^[\w-]+$/.test(id)) {
      throw new AwsError(
        'InvalidBatchEntryId',
        `The Id of a batch entry in the batch request contains an impermissible character: ${id}`,
      );
    }
  }
  if (new Set(ids).size < ids.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
}

function checkId(id: string | undefined, parameter: string): void {
  if (id !== undefined && !idPattern.test(id)) throw invalidParameter(parameter);
}

function parseBodies(input: PublishInput): Pick<Message, 'body' | 'bodies'> {
  if (input.MessageStructure === undefined) return { body: input.Message, bodies: new Map() };
  if (input.MessageStructure !== 'json') throw invalidParameter('MessageStructure');
  const bodies = new Map<string, string>();
  for (const [protocol, body] of Object.entries(parseStructure(input.Message))) {
    if (typeof body === 'string') bodies.set(protocol, body);
  }
  const body = bodies.get('default');
  if (body === undefined) throw invalidParameter('Message Structure - No default entry in JSON message body');
  return { body, bodies };
}

function parseStructure(text: string): object {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null) return document;
  } catch (cause) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: Message Structure - JSON message body failed to parse', {
      cause,
    });
  }
  throw invalidParameter('Message Structure - JSON message body failed to parse');
}
