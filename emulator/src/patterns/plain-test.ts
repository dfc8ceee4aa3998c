import { comparableNumber } from './comparable-number.ts';
import { parseIp } from './ip-address.ts';
import type { PatternReader } from './pattern-reader.ts';
import type { PositiveTest } from './value-test.ts';
import { parseWildcard } from './wildcard.ts';

/** A wildcard that is well-formed, else the reader's error. */
export function wildcardTest(reader: PatternReader, text: string): PositiveTest {
  const wildcard = parseWildcard(text);
  if ('problem' in wildcard) throw reader.error(wildcard.problem);
  return { kind: 'wildcard', value: wildcard };
}

/** An exact string; what looks like an address is compared as one. */
export function exactTest(text: string): PositiveTest {
  const address = parseIp(text);
  if (address === undefined) return { kind: 'string', value: text };
  return { kind: 'cidr', network: address.value, maskBits: address.bits, bits: address.bits };
}

/** A number, compared by value where that is exact and else as text. */
export function numberTest(text: string): PositiveTest {
  const value = comparableNumber(text);
  return value === undefined ? { kind: 'literal', value: text } : { kind: 'number', value };
}
