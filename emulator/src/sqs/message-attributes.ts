import { hash } from 'node:crypto';
import { AwsError } from '../errors.ts';
import { sqsQuotas } from '../quotas.ts';
import { invalidParameter } from './errors.ts';
import type { MessageAttributeValue } from './generated/shapes.ts';

export type MessageAttributes = Readonly<Record<string, MessageAttributeValue>>;

/** Letters and digits of any script, as SQS was seen to take them. */
const namePattern = /^[\p{L}\p{N}_.-]+$/u;
const typePattern = /^(String|Number|Binary)(\..*)?$/s;

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
export function checkMessageAttributes(attributes: MessageAttributes): void {
  const count = Object.keys(attributes).length;
  if (count > sqsQuotas.messageAttributesMax) {
    throw invalidParameter(
      `Number of message attributes [${count}] exceeds the allowed maximum [${sqsQuotas.messageAttributesMax}].`,
    );
  }
  for (const [name, attribute] of Object.entries(attributes)) {
    checkName(name);
    checkValue(name, attribute);
  }
}

function checkName(name: string): void {
  if (/^(aws|amazon)\./i.test(name)) {
    throw invalidParameter(
      `The message attribute name '${name}' is invalid. Attribute name must not start with a reserved prefix.`,
    );
  }
  const isTooLong = name.length > sqsQuotas.messageAttributeNameLengthMax;
  if (isTooLong || !namePattern.test(name) || name.startsWith('.') || name.endsWith('.') || name.includes('..')) {
    throw invalidParameter(
      `The message attribute name '${name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.`,
    );
  }
}

function checkValue(name: string, { DataType, StringValue, BinaryValue }: MessageAttributeValue): void {
  const kind = typePattern.exec(DataType)?.[1];
  if (kind === undefined || DataType.length > sqsQuotas.messageAttributeTypeLengthMax) {
    throw invalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const isEmpty = kind === 'Binary' ? BinaryValue === undefined || BinaryValue.length === 0 : !StringValue;
  if (isEmpty) {
    throw invalidParameter(`Message (user) attribute '${name}' must contain a non-empty value of type '${kind}'.`);
  }
  if (kind === 'Number' && StringValue !== undefined && !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(StringValue)) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  if (StringValue !== undefined && hasInvalidCharacters(StringValue)) {
    throw invalidParameter(`Invalid characters found in the value of message attribute '${name}'.`);
  }
}

/** What XML 1.0 cannot carry, SQS does not take. */
export function hasInvalidCharacters(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- these are the characters in question
  return /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(text) || !text.isWellFormed();
}

export function invalidContents(): AwsError {
  return new AwsError(
    'InvalidMessageContents',
    'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
  );
}

/** Names, types and values count towards a message's size. */
export function attributesBytes(attributes: MessageAttributes): number {
  let bytes = 0;
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(DataType) + Buffer.byteLength(StringValue ?? '');
    bytes += BinaryValue?.length ?? 0;
  }
  return bytes;
}

/**
 * The digest of attributes, `undefined` where there are none.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function attributesMd5(
  attributes: Readonly<Record<string, Partial<MessageAttributeValue>>>,
): string | undefined {
  const names = Object.keys(attributes);
  if (names.length === 0) return undefined;
  const parts: Uint8Array[] = [];
  for (const name of names.sort(byCodeUnits)) {
    const { DataType = '', StringValue = '', BinaryValue = none } = attributes[name] ?? {};
    const isBinary = DataType.startsWith('Binary');
    parts.push(lengthPrefixed(name), lengthPrefixed(DataType), isBinary ? binaryMark : textMark);
    parts.push(lengthPrefixed(isBinary ? BinaryValue : StringValue));
  }
  return hash('md5', Buffer.concat(parts));
}

const none = new Uint8Array();
const textMark = Uint8Array.of(1);
const binaryMark = Uint8Array.of(2);

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function lengthPrefixed(value: string | Uint8Array): Buffer {
  const length = Buffer.byteLength(value);
  const bytes = Buffer.allocUnsafe(4 + length);
  bytes.writeUInt32BE(length);
  if (typeof value === 'string') bytes.write(value, 4, 'utf8');
  else bytes.set(value, 4);
  return bytes;
}

/** Those that a receive asks for: by name, by `prefix.*`, or all. */
export function selectAttributes(attributes: MessageAttributes, names: readonly string[]): MessageAttributes {
  if (names.length === 0) return {};
  if (['All', '.*', '*'].some((all) => names.includes(all))) return attributes;
  const prefixes = names.filter((name) => name.endsWith('.*')).map((name) => name.slice(0, -2));
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([name]) => names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix)),
    ),
  );
}
