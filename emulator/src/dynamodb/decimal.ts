import { invalid } from './invalid.ts';
import { dynamodbQuotas } from '../quotas.ts';

/**
 * A DynamoDB number: sign × d.ddd… × 10^exponent, `digits` without leading or trailing zeros, empty for zero. At most 38
 * digits, magnitude from 1E-130 to 9.99…E+125.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
 */
export interface Decimal {
  readonly sign: -1 | 0 | 1;
  readonly digits: string;
  readonly exponent: number;
}

const ZERO: Decimal = { sign: 0, digits: '', exponent: 0 };
const FORM = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
/** Already as DynamoDB would write it, and short enough to need no check. */
const NORMAL_INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;

/** As stored and given back: plain notation, no needless zeros. Throws ValidationException on what is no number or out of range. */
export function normalizeNumber(text: string): string {
  return NORMAL_INTEGER.test(text) ? text : formatDecimal(parseDecimal(text));
}

/** Throws ValidationException on what is no number, has more than 38 digits or is out of range. */
export function parseDecimal(text: string): Decimal {
  const match = FORM.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (match === null || (whole === '' && fraction === '')) {
    throw invalid(`The parameter cannot be converted to a numeric value${text === '' ? '' : `: ${text}`}`);
  }
  const exponent = Number(match[4] ?? '0');
  return decimal(match[1] === '-' ? -1 : 1, whole + fraction, whole.length - 1 + exponent);
}

/** `digits` may have leading and trailing zeros; `exponent` is that of its first digit. */
function decimal(sign: -1 | 1, digits: string, exponent: number): Decimal {
  let start = 0;
  while (start < digits.length && digits.charCodeAt(start) === 48) start += 1;
  let end = digits.length;
  while (end > start && digits.charCodeAt(end - 1) === 48) end -= 1;
  if (start === end) return ZERO;
  const magnitude = exponent - start;
  if (magnitude > dynamodbQuotas.numberExponentMax) {
    throw invalid('Number overflow. Attempting to store a number with magnitude larger than supported range');
  }
  if (magnitude < dynamodbQuotas.numberExponentMin) {
    throw invalid('Number underflow. Attempting to store a number with magnitude smaller than supported range');
  }
  if (end - start > dynamodbQuotas.numberDigitsMax) {
    throw invalid('Attempting to store more than 38 significant digits in a Number');
  }
  return { sign, digits: digits.slice(start, end), exponent: magnitude };
}

/** Plain notation: DynamoDB answers 1.5E2 as 150 and 1E-3 as 0.001. */
export function formatDecimal({ sign, digits, exponent }: Decimal): string {
  if (sign === 0) return '0';
  const minus = sign < 0 ? '-' : '';
  if (exponent < 0) return `${minus}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (exponent >= digits.length - 1) return minus + digits + '0'.repeat(exponent - digits.length + 1);
  return `${minus}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

export function compareNumbers(left: string, right: string): number {
  if (left === right) return 0;
  if (NORMAL_INTEGER.test(left) && NORMAL_INTEGER.test(right)) return Number(left) - Number(right);
  const a = parseDecimal(left);
  const b = parseDecimal(right);
  if (a.sign !== b.sign) return a.sign - b.sign;
  if (a.exponent !== b.exponent) return a.sign * (a.exponent - b.exponent);
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -a.sign : a.sign;
}

/** Exact; throws ValidationException where the sum would not be a DynamoDB number. */
export function addNumbers(left: string, right: string): string {
  const a = parseDecimal(left);
  const b = parseDecimal(right);
  const scale = Math.min(a.exponent - a.digits.length, b.exponent - b.digits.length);
  const sum = scaled(a, scale) + scaled(b, scale);
  const digits = (sum < 0n ? -sum : sum).toString();
  return formatDecimal(decimal(sum < 0n ? -1 : 1, digits, scale + digits.length));
}

function scaled({ sign, digits, exponent }: Decimal, scale: number): bigint {
  return sign === 0 ? 0n : BigInt(sign) * BigInt(digits) * 10n ** BigInt(exponent - digits.length - scale);
}

export function negateNumber(text: string): string {
  if (text === '0') return text;
  return text.startsWith('-') ? text.slice(1) : `-${text}`;
}

/** A string whose code-unit order is the numeric order. */
export function numberSortKey(text: string): string {
  const { sign, digits, exponent } = parseDecimal(text);
  if (sign === 0) return '1';
  const biased = exponent - dynamodbQuotas.numberExponentMin;
  if (sign > 0) return `2${String(biased).padStart(3, '0')}${digits}`;
  // Nines' complement turns the order round; the last character puts the shorter, nearer to zero, behind.
  const complement = digits.replace(/\d/g, (digit) => String(9 - Number(digit)));
  return `0${String(999 - biased).padStart(3, '0')}${complement}~`;
}
