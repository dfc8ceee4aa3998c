import type { Attributes, AttributeValue } from './attribute-value.ts';

/**
 * Bytes that count towards 400 KB and towards capacity: names and values in UTF-8, numbers at about half a byte a digit,
 * 3 bytes for a list or map and 1 for each of its elements.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function attributesSize(attributes: Attributes): number {
  let size = 0;
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value !== undefined) size += Buffer.byteLength(name) + valueSize(value);
  }
  return size;
}

export function valueSize(value: AttributeValue): number {
  switch (value.type) {
    case 'S':
      return Buffer.byteLength(value.value);
    case 'N':
      return numberSize(value.value);
    case 'B':
      return value.value.length;
    case 'BOOL':
    case 'NULL':
      return 1;
    case 'M':
      return 3 + Object.keys(value.value).length + attributesSize(value.value);
    case 'L':
      return value.value.reduce((size, element) => size + 1 + valueSize(element), 3);
    case 'SS':
      return value.value.reduce((size, member) => size + Buffer.byteLength(member), 0);
    case 'NS':
      return value.value.reduce((size, member) => size + numberSize(member), 0);
    case 'BS':
      return value.value.reduce((size, member) => size + member.length, 0);
  }
  return value satisfies never;
}

/** A byte for two significant digits, counted from the decimal point outwards, one for the exponent, one for a minus. */
function numberSize(text: string): number {
  const minus = text.startsWith('-') ? 1 : 0;
  if (text === '0') return 1;
  if (!text.includes('.')) return 1 + minus + Math.ceil((text.length - minus - pairsOfZeros(text)) / 2);
  const [whole = '', fraction = ''] = text.slice(minus).split('.');
  const significantWhole = whole === '0' ? '' : whole;
  const significantFraction = whole === '0' ? fraction.replace(/^(?:00)+/, '') : fraction;
  return 1 + minus + Math.ceil(significantWhole.length / 2) + Math.ceil(significantFraction.length / 2);
}

/** Of a whole number, the zeros at its end, but for an odd one. */
function pairsOfZeros(text: string): number {
  let zeros = 0;
  while (text.endsWith('00', text.length - zeros)) zeros += 2;
  return zeros;
}
