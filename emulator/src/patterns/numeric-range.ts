import { comparableNumber } from './comparable-number.ts';
import type { PatternReader } from './pattern-reader.ts';
import type { PositiveTest } from './value-test.ts';

const tooManyElements = 'Too many elements in numeric expression';

/** Reads what follows `"numeric":`, one bound or a lower and an upper one, to behind the closing brace. */
export function readNumericRange(reader: PatternReader): PositiveTest {
  if (reader.next() !== 'start-array') throw reader.error('Value of numeric must be an array.');
  const test = readBounds(reader);
  if (reader.next() !== 'end-object') throw reader.error(tooManyElements);
  return test;
}

function readBounds(reader: PatternReader): PositiveTest {
  if (reader.next() !== 'string') throw reader.error(`Invalid member in numeric match: ${reader.text()}`);
  const operator = reader.text();
  const token = reader.next();
  switch (operator) {
    case '=':
      if (token !== 'number') throw reader.error('Value of equals must be numeric');
      return closing(reader, reader.text(), (value) => ({ kind: 'number', value }));
    case '<':
    case '<=':
      if (token !== 'number') throw reader.error(`Value of ${operator} must be numeric`);
      return closing(reader, reader.text(), (high) => range({ high, highOpen: operator === '<' }));
    case '>':
    case '>=':
      if (token !== 'number') throw reader.error(`Value of ${operator} must be numeric`);
      return readFromLow(reader, operator === '>');
    default:
      throw reader.error(`Unrecognized numeric range operator: ${operator}`);
  }
}

function closing(reader: PatternReader, text: string, test: (value: number) => PositiveTest): PositiveTest {
  if (reader.next() !== 'end-array') throw reader.error(tooManyElements);
  return test(comparable(reader, text));
}

function readFromLow(reader: PatternReader, lowOpen: boolean): PositiveTest {
  const lowText = reader.text();
  const token = reader.next();
  if (token === 'end-array') return range({ low: comparable(reader, lowText), lowOpen });
  if (token !== 'string') throw reader.error(`Bad value in numeric range: ${reader.text()}`);
  const operator = reader.text();
  if (operator !== '<' && operator !== '<=') throw reader.error(`Bad numeric range operator: ${operator}`);
  if (reader.next() !== 'number') throw reader.error(`Value of ${operator} must be numeric`);
  const highText = reader.text();
  if (reader.next() !== 'end-array') throw reader.error('Too many terms in numeric range expression');
  const low = comparable(reader, lowText);
  const high = comparable(reader, highText);
  if (low >= high) throw reader.error('Bottom must be less than top');
  return range({ low, lowOpen, high, highOpen: operator === '<' });
}

function comparable(reader: PatternReader, text: string): number {
  const value = comparableNumber(text);
  if (value === undefined) throw reader.error(`Cannot compare number : ${text}`);
  return value;
}

function range(bounds: Partial<Omit<Extract<PositiveTest, { kind: 'range' }>, 'kind'>>): PositiveTest {
  return { kind: 'range', low: -Infinity, lowOpen: false, high: Infinity, highOpen: false, ...bounds };
}
