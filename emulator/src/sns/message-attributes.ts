import { AwsError } from '../errors.ts';
import { snsQuotas } from '../quotas.ts';

/** A message attribute as Publish takes it. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: Uint8Array | undefined;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** "Binary, Number, and String" with an optional custom label after a dot, as recorded. */
const dataTypePattern = /^(String|Number|Binary)(\..+)?$/su;

/** What AWS reads as a number; the complaint about anything else was seen in the wild. */
const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * Refuses names and values as SNS does, all errors recorded.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 */
export function validateMessageAttributes(attributes: MessageAttributes): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    validateName(name);
    validateValue(name, attribute);
  }
}

/** Bytes that the attributes count for: their names, types and values. */
export function messageAttributesBytes(attributes: MessageAttributes): number {
  let bytes = 0;
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(DataType);
    bytes += StringValue === undefined ? (BinaryValue?.byteLength ?? 0) : Buffer.byteLength(StringValue);
  }
  return bytes;
}

function validateName(name: string): void {
  if (Buffer.byteLength(name) > snsQuotas.messageAttributeNameBytesMax)
    throw invalidValue('Length of message attribute name must be less than 256 bytes.');
  const strange = /[^A-Za-z0-9_.-]/u.exec(name)?.[0];
  if (strange !== undefined) {
    const code = strange.codePointAt(0)?.toString(16).toUpperCase();
    throw invalidValue(
      `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. ` +
        'Can only include alphanumeric characters, hyphens, underscores, or dots.',
    );
  }
  if (name.startsWith('.')) throw invalidValue("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith('.')) throw invalidValue("Invalid message attribute name ending with character '.' was found.");
  if (name.includes('..')) throw invalidValue("Message attribute name can not have successive '.' character.");
}

function validateValue(name: string, { DataType, StringValue, BinaryValue }: MessageAttribute): void {
  const base = dataTypePattern.exec(DataType)?.[1];
  if (base === undefined) {
    throw invalidValue(
      `The message attribute '${name}' has an invalid message attribute type, ` +
        'the set of supported type prefixes is Binary, Number, and String.',
    );
  }
  const field = base === 'Binary' ? 'Binary' : 'String';
  const [own, other] = field === 'Binary' ? [BinaryValue, StringValue] : [StringValue, BinaryValue];
  if (own === undefined && other !== undefined && other.length > 0) {
    throw invalidValue(`The message attribute '${name}' with type '${DataType}' must use field '${field}'.`);
  }
  if (own === undefined || own.length === 0) {
    throw invalidValue(
      `The message attribute '${name}' must contain non-empty message attribute value ` +
        `for message attribute type '${DataType}'.`,
    );
  }
  if (base === 'Number' && StringValue !== undefined && !numberPattern.test(StringValue)) {
    throw invalidValue(`Could not cast message attribute '${name}' value to number.`);
  }
}

function invalidValue(message: string): AwsError {
  return new AwsError('ParameterValueInvalid', message);
}
