import type { Attributes, AttributeValue } from './attribute-value.ts';
import { attribute } from './attribute-value.ts';
import { compareNumbers } from './decimal.ts';
import { codePointOrder } from './sort-key.ts';

/** Whether two values are the same to DynamoDB: sets without order, numbers by value. */
export function sameValue(left: AttributeValue, right: AttributeValue): boolean {
  if (left === right) return true;
  if (left.type === 'M' && right.type === 'M') return sameAttributes(left.value, right.value);
  if (left.type === 'L' && right.type === 'L') {
    const others = right.value;
    return (
      left.value.length === others.length &&
      left.value.every((element, index) => {
        const other = others[index];
        return other !== undefined && sameValue(element, other);
      })
    );
  }
  if (left.type === 'B' && right.type === 'B') return compareBytes(left.value, right.value) === 0;
  if (isSet(left) && isSet(right)) return left.type === right.type && sameSet(memberKeys(left), memberKeys(right));
  return left.type === right.type && left.value === right.value;
}

export function sameAttributes(left: Attributes, right: Attributes): boolean {
  if (left === right) return true;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => {
      const a = attribute(left, name);
      const b = attribute(right, name);
      return a !== undefined && b !== undefined && sameValue(a, b);
    })
  );
}

export function isSet(value: AttributeValue): value is Extract<AttributeValue, { type: 'SS' | 'NS' | 'BS' }> {
  return value.type === 'SS' || value.type === 'NS' || value.type === 'BS';
}

/** What tells the members of a set apart. */
export function memberKeys(set: Extract<AttributeValue, { type: 'SS' | 'NS' | 'BS' }>): readonly string[] {
  return set.type === 'BS' ? set.value.map((member) => Buffer.from(member).toString('latin1')) : set.value;
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  const members = new Set(left);
  return left.length === right.length && right.every((member) => members.has(member));
}

/** Order of two values of one ordered type; undefined where DynamoDB does not order them. */
export function compareValues(left: AttributeValue, right: AttributeValue): number | undefined {
  if (left.type === 'S' && right.type === 'S') return compareTexts(left.value, right.value);
  if (left.type === 'N' && right.type === 'N') return compareNumbers(left.value, right.value);
  if (left.type === 'B' && right.type === 'B') return compareBytes(left.value, right.value);
  return undefined;
}

/** By their UTF-8 bytes. */
function compareTexts(left: string, right: string): number {
  const [one, other] = [codePointOrder(left), codePointOrder(right)];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  return Buffer.compare(left, right);
}
