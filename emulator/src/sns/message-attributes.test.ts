import { expect, test } from 'vitest';
import { messageAttributesBytes, validateMessageAttributes } from './message-attributes.ts';
import type { MessageAttribute } from './message-attributes.ts';

const text = { DataType: 'String', StringValue: 'x' };

/** Recorded against AWS, but for the number. */
test.each([
  [
    'attr1',
    { DataType: 'String', StringValue: '' },
    /non-empty message attribute value for message attribute type 'String'/,
  ],
  ['attr1', { DataType: 'String' }, /must contain non-empty message attribute value/],
  ['attr1', { DataType: 'Binary', BinaryValue: new Uint8Array() }, /must contain non-empty .* type 'Binary'/],
  ['attr1', { DataType: 'Number', BinaryValue: Buffer.from('1') }, /with type 'Number' must use field 'String'/],
  ['attr1', { DataType: 'Binary', StringValue: '1' }, /with type 'Binary' must use field 'Binary'/],
  ['attr1', { DataType: 'Text', StringValue: '1' }, /supported type prefixes is Binary, Number, and String/],
  ['attr1', { DataType: 'String.', StringValue: '1' }, /supported type prefixes/],
  ['attr1', { DataType: 'Number', StringValue: 'one' }, /Could not cast message attribute 'attr1' value to number\./],
  ['a'.repeat(257), text, /must be less than 256 bytes/],
  ['a^*?', text, /character '#x5E' was found/],
  ['.abc', text, /starting with character '\.'/],
  ['abc.', text, /ending with character '\.'/],
  ['a..bc', text, /successive '\.' character/],
] satisfies [string, MessageAttribute, RegExp][])('refuses %s: %j', (name, attribute, words) => {
  expect(() => validateMessageAttributes({ [name]: attribute })).toThrow(words);
});

test('takes labels of types, and counts names, types and values', () => {
  const attributes = {
    a: { DataType: 'String.  label.', StringValue: 'ü' },
    b: { DataType: 'Number', StringValue: '-1.5e3' },
    c: { DataType: 'Binary', BinaryValue: new Uint8Array(3) },
  };
  expect(() => validateMessageAttributes(attributes)).not.toThrow();
  expect(messageAttributesBytes(attributes)).toBe(3 + 15 + 6 + 6 + 2 + 6 + 3);
});
