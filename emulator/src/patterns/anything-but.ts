import { comparableNumber } from './comparable-number.ts';
import { InvalidPatternError } from './invalid-pattern-error.ts';
import type { PatternReader, Token } from './pattern-reader.ts';
import { wildcardTest } from './plain-test.ts';
import { foldCase } from './value-test.ts';
import type { PositiveTest, ValueTest } from './value-test.ts';

type Operator = 'equals-ignore-case' | 'prefix' | 'suffix' | 'wildcard';

/** Reads what follows `"anything-but":`, to behind the closing brace. */
export function readAnythingBut(reader: PatternReader): ValueTest {
  let token = reader.next();
  let operator: Operator | undefined;
  if (token === 'start-object') {
    if (reader.next() !== 'name') throw reader.error('Anything-But expression name not found');
    operator = readOperator(reader);
    token = reader.next();
  }
  if (token !== 'start-array' && token !== 'string' && token !== 'number') {
    throw reader.error('Value of anything-but must be an array or single string/number value.');
  }
  const not = readExcluded(reader, token, operator);
  if (reader.next() !== 'end-object') throw reader.error('Too many elements in numeric expression');
  if (operator !== undefined && reader.next() !== 'end-object') {
    throw reader.error('Too many elements in numeric expression');
  }
  return { kind: 'anything-but', not };
}

function readOperator(reader: PatternReader): Operator {
  const operator = reader.text();
  switch (operator) {
    case 'equals-ignore-case':
    case 'prefix':
    case 'suffix':
    case 'wildcard':
      return operator;
    default:
      throw reader.error(`Unsupported anything-but pattern: ${operator}`);
  }
}

function readExcluded(reader: PatternReader, token: Token, operator: Operator | undefined): readonly PositiveTest[] {
  if (operator === undefined) return token === 'start-array' ? readValues(reader) : [plainTest(reader, token)];
  if (token !== 'start-array') return [operatorTest(reader, token, operator)];
  if (operator === 'wildcard') {
    // What is wrong inside a wildcard is said behind the list and once.
    const texts: string[] = [];
    readList(reader, (member) => texts.push(operatorText(reader, member, operator)));
    return texts.map((text) => wildcardTest(reader, text));
  }
  return readList(reader, (member) => operatorTest(reader, member, operator));
}

/** A list's own problems are told twice over by AWS: its compiler wraps one error in another. */
function readList<T>(reader: PatternReader, read: (token: Token) => T): T[] {
  const tests: T[] = [];
  try {
    for (let token = reader.next(); token !== 'end-array'; token = reader.next()) tests.push(read(token));
  } catch (error) {
    if (error instanceof InvalidPatternError) throw reader.error(error.reason);
    throw error;
  }
  return tests;
}

function readValues(reader: PatternReader): readonly PositiveTest[] {
  const tests = readList(reader, (token) => {
    if (token !== 'string' && token !== 'number') {
      throw reader.error('Inside anything but list, start|null|boolean is not supported.');
    }
    return plainTest(reader, token);
  });
  if (new Set(tests.map((test) => test.kind)).size !== 1) {
    throw reader.error('Inside anything but list, either all values are number or string, mixed type is not supported');
  }
  return tests;
}

function plainTest(reader: PatternReader, token: Token): PositiveTest {
  const text = reader.text();
  if (token === 'string') return { kind: 'string', value: text };
  const value = comparableNumber(text);
  if (value === undefined) throw new InvalidPatternError(`Cannot compare number : ${text}`);
  return { kind: 'number', value };
}

function operatorTest(reader: PatternReader, token: Token, operator: Operator): PositiveTest {
  const text = operatorText(reader, token, operator);
  switch (operator) {
    case 'equals-ignore-case':
      return { kind: operator, value: foldCase(text) };
    case 'wildcard':
      return wildcardTest(reader, text);
    default:
      if (text === '') throw reader.error('Null prefix/suffix not allowed');
      return { kind: operator, value: text };
  }
}

function operatorText(reader: PatternReader, token: Token, operator: Operator): string {
  if (token !== 'string') throw reader.error(typeProblems[operator]);
  return reader.text();
}

const typeProblems = {
  'equals-ignore-case': 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
  prefix: 'prefix/suffix match pattern must be a string',
  suffix: 'prefix/suffix match pattern must be a string',
  wildcard: 'wildcard match pattern must be a string',
} as const;
