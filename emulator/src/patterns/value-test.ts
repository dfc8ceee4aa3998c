import type { IpAddress } from './ip-address.ts';
import { parseIp } from './ip-address.ts';
import type { Wildcard } from './wildcard.ts';
import { wildcardMatches } from './wildcard.ts';

/** A leaf of an event. `text` is a string's content, else the JSON text; `number` is NaN where it cannot be compared. */
export interface EventValue {
  readonly kind: 'string' | 'number' | 'literal';
  readonly text: string;
  readonly number: number;
  readonly place: ArrayPlace | undefined;
}

/** In which element of which array a leaf stands, the innermost first. Arrays of leaves do not count. */
export interface ArrayPlace {
  readonly array: number;
  readonly element: number;
  readonly outer: ArrayPlace | undefined;
}

/** One test of a value that `anything-but` can turn round. */
export type PositiveTest =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  /** `true`, `false`, `null`, and numbers that only their text tells apart. */
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'prefix'; readonly value: string }
  | { readonly kind: 'suffix'; readonly value: string }
  | { readonly kind: 'equals-ignore-case'; readonly value: string }
  | { readonly kind: 'prefix-ignore-case'; readonly value: string }
  | { readonly kind: 'suffix-ignore-case'; readonly value: string }
  | { readonly kind: 'wildcard'; readonly value: Wildcard }
  | { readonly kind: 'cidr'; readonly network: bigint; readonly maskBits: number; readonly bits: 32 | 128 }
  | {
      readonly kind: 'range';
      readonly low: number;
      readonly lowOpen: boolean;
      readonly high: number;
      readonly highOpen: boolean;
    };

/** What an array of a pattern lists: the field matches if any of its values passes any test. */
export type ValueTest =
  | PositiveTest
  | { readonly kind: 'exists' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'anything-but'; readonly not: readonly PositiveTest[] };

/** Does a value pass? `absent` is about the lack of values, so no value passes it. */
export function passes(test: ValueTest, value: EventValue): boolean {
  switch (test.kind) {
    case 'exists':
      return true;
    case 'absent':
      return false;
    case 'anything-but':
      return !test.not.some((excluded) => passes(excluded, value));
    case 'number':
      return value.kind === 'number' && value.number === test.value;
    case 'literal':
      return value.kind !== 'string' && value.text === test.value;
    case 'range':
      return value.kind === 'number' && inRange(test, value.number);
    default:
      return value.kind === 'string' && stringPasses(test, value.text);
  }
}

type StringTest = Exclude<PositiveTest, { kind: 'number' | 'literal' | 'range' }>;

function stringPasses(test: StringTest, text: string): boolean {
  switch (test.kind) {
    case 'string':
      return text === test.value;
    case 'prefix':
      return text.startsWith(test.value);
    case 'suffix':
      return text.endsWith(test.value);
    case 'equals-ignore-case':
      return foldCase(text) === test.value;
    case 'prefix-ignore-case':
      return foldCase(text).startsWith(test.value);
    case 'suffix-ignore-case':
      return foldCase(text).endsWith(test.value);
    case 'wildcard':
      return wildcardMatches(test.value, text);
    default:
      return inNetwork(test, parseIp(text));
  }
}

export function inRange(range: Extract<PositiveTest, { kind: 'range' }>, value: number): boolean {
  return (
    (range.lowOpen ? value > range.low : value >= range.low) &&
    (range.highOpen ? value < range.high : value <= range.high)
  );
}

export function inNetwork(cidr: Extract<PositiveTest, { kind: 'cidr' }>, address: IpAddress | undefined): boolean {
  return (
    address !== undefined &&
    address.bits === cidr.bits &&
    address.value >> BigInt(cidr.bits - cidr.maskBits) === cidr.network
  );
}

/** Lower case, character by character, so that what surrounds a letter does not change it. */
export function foldCase(text: string): string {
  // oxlint-disable-next-line no-control-regex -- ASCII is the common case and folds as a whole
  if (/^[\u0000-\u007f]*$/.test(text)) return text.toLowerCase();
  let folded = '';
  for (const char of text) folded += char.toLowerCase();
  return folded;
}
