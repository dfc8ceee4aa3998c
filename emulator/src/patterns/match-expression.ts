import { readAnythingBut } from './anything-but.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import { looksLikeIp, parseIp } from './ip-address.ts';
import { readNumericRange } from './numeric-range.ts';
import type { PatternReader, Token } from './pattern-reader.ts';
import { wildcardTest } from './plain-test.ts';
import { foldCase } from './value-test.ts';
import type { PositiveTest, ValueTest } from './value-test.ts';

/** Reads `{ "prefix": … }` and its like, from behind the opening brace to behind the closing one. */
export function readMatchExpression(reader: PatternReader): ValueTest {
  if (reader.next() !== 'name') throw reader.error('Match expression name not found');
  const operator = reader.text();
  switch (operator) {
    case 'exactly':
      return only(reader, { kind: 'string', value: expectString(reader, 'exact match pattern must be a string') });
    case 'prefix':
    case 'suffix':
      return readAffix(reader, operator);
    case 'equals-ignore-case':
      return only(reader, { kind: operator, value: foldCase(expectString(reader, ignoreCaseProblem)) });
    case 'wildcard': {
      const test = wildcardTest(reader, expectString(reader, 'wildcard match pattern must be a string'));
      return only(reader, test);
    }
    case 'cidr': {
      // The words are AWS's: they name the wrong operator.
      const test = cidrTest(expectString(reader, 'prefix match pattern must be a string'));
      return only(reader, test);
    }
    case 'numeric':
      return readNumericRange(reader);
    case 'anything-but':
      return readAnythingBut(reader);
    case 'exists':
      return readExists(reader);
    default:
      throw reader.error(`Unrecognized match type ${operator}`);
  }
}

const ignoreCaseProblem = 'equals-ignore-case match pattern must be a string';
const oneKey = 'Only one key allowed in match expression';

function only<T>(reader: PatternReader, test: T): T {
  expect(reader, 'end-object', oneKey);
  return test;
}

/** Takes the next token, which must be `token`. */
export function expect(reader: PatternReader, token: Token, problem: string): void {
  if (reader.next() !== token) throw reader.error(problem);
}

function expectString(reader: PatternReader, problem: string): string {
  expect(reader, 'string', problem);
  return reader.text();
}

function readAffix(reader: PatternReader, operator: 'prefix' | 'suffix'): ValueTest {
  const token = reader.next();
  if (token === 'start-object') {
    const title = operator === 'prefix' ? 'Prefix' : 'Suffix';
    expect(reader, 'name', `${title} expression name not found`);
    if (reader.text() !== 'equals-ignore-case') {
      throw reader.error(`Unsupported ${operator} pattern: ${reader.text()}`);
    }
    const value = foldCase(expectString(reader, ignoreCaseProblem));
    expect(reader, 'end-object', oneKey);
    return only(reader, { kind: `${operator}-ignore-case`, value });
  }
  if (token !== 'string') throw reader.error(`${operator} match pattern must be a string`);
  return only(reader, { kind: operator, value: reader.text() });
}

function readExists(reader: PatternReader): ValueTest {
  const token = reader.next();
  if (token !== 'true' && token !== 'false') throw reader.error('exists match pattern must be either true or false.');
  return only(reader, { kind: token === 'true' ? 'exists' : 'absent' });
}

function cidrTest(text: string): PositiveTest {
  const parts = text.replace(/\/+$/, '').split('/');
  const [host = '', mask = ''] = parts;
  if (parts.length !== 2) throw new InvalidPatternError("Malformed CIDR, one '/' required");
  if (!/^[+-]?\d+$/.test(mask) || Math.abs(Number(mask)) > 2 ** 31 - 1) {
    throw new InvalidPatternError('Malformed CIDR, mask bits must be an integer');
  }
  const maskBits = Number(mask);
  if (maskBits < 0) throw new InvalidPatternError('Malformed CIDR, mask bits must not be negative');
  const address = parseIp(host);
  if (address === undefined)
    throw new InvalidPatternError(`${looksLikeIp(host) ? 'Invalid' : 'Nonstandard'} IP address: ${host}`);
  if (maskBits >= address.bits) {
    throw new InvalidPatternError(`IPv${address.bits === 32 ? 4 : 6} mask bits must be < ${address.bits}`);
  }
  return { kind: 'cidr', network: address.value >> BigInt(address.bits - maskBits), maskBits, bits: address.bits };
}
