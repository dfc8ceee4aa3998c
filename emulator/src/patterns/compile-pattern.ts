import { InvalidPatternError } from './invalid-pattern-error.ts';
import { readMatchExpression } from './match-expression.ts';
import { createPatternReader } from './pattern-reader.ts';
import type { PatternReader, Token } from './pattern-reader.ts';
import { exactTest, numberTest } from './plain-test.ts';
import type { ValueTest } from './value-test.ts';
import { wildcardComplexity } from './wildcard-complexity.ts';

/** What a field must satisfy. `path` is the names of the steps joined by dots. */
export interface FieldTest {
  readonly path: string;
  readonly tests: readonly ValueTest[];
}

/** A pattern matches an event if all fields of one of its branches do. Fields are sorted by path, one each. */
export interface Pattern {
  readonly branches: readonly (readonly FieldTest[])[];
  /** Counts toward the quota of rules with wildcards. */
  readonly wildcard: boolean;
}

/** Of the members of all `$or`s, multiplied. See eb-event-patterns-content-based-filtering, "$or matching". */
const combinationsMax = 1000;
/** Unpublished. event-ruler's own measure of the one pattern that was recorded as too complex is 11. */
const complexityMax = 10;

/**
 * Compiles an event pattern, given as its JSON text.
 *
 * @throws InvalidPatternError in AWS's words, as recorded or as event-ruler says them
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function compilePattern(text: string): Pattern {
  const branches = readBranches(text);
  const wildcard = branches.some((fields) => fields.some(({ tests }) => tests.some(usesWildcard)));
  if (
    wildcard &&
    branches.some((fields) => fields.some(({ tests }) => wildcardComplexity(tests, complexityMax) > complexityMax))
  ) {
    throw new InvalidPatternError(
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
    );
  }
  return { branches, wildcard };
}

type Branch = ReadonlyMap<string, readonly ValueTest[]>;

function readBranches(text: string): readonly (readonly FieldTest[])[] {
  let branches: readonly Branch[];
  try {
    branches = readPattern(text, 'or');
  } catch (error) {
    if (!text.includes('$or')) throw error;
    branches = readWithoutOr(text, error);
  }
  return branches.map((fields) =>
    [...fields].map(([path, tests]) => ({ path, tests })).sort((a, b) => (a.path < b.path ? -1 : 1)),
  );
}

/** What is no proper `$or` is a field of that name; if that is none either, the first error is the one to tell. */
function readWithoutOr(text: string, error: unknown): readonly Branch[] {
  try {
    return readPattern(text, 'field');
  } catch {
    throw error;
  }
}

/** Names that an object inside `$or` may not use. */
const reserved: ReadonlySet<string> = new Set(
  (
    'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex ' +
    'not-wildcard not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ' +
    'ip-address-in-range ip-address-not-in-range'
  ).split(' '),
);

function readPattern(text: string, or: 'or' | 'field'): readonly Branch[] {
  const reader = createPatternReader(text);
  if (reader.next() !== 'start-object') throw reader.error('Filter is not an object');
  return readObject(reader, { branches: [], path: [], insideOr: false, or });
}

interface Place {
  /** What has been read so far; none yet is not the same as one without fields. */
  readonly branches: readonly Branch[];
  readonly path: readonly string[];
  readonly insideOr: boolean;
  readonly or: 'or' | 'field';
}

function readObject(reader: PatternReader, place: Place): readonly Branch[] {
  let { branches } = place;
  let empty = true;
  while (reader.next() !== 'end-object') {
    empty = false;
    const step = reader.text();
    if (step === '$or' && place.or === 'or') {
      branches = readOr(reader, { ...place, branches });
      continue;
    }
    if (place.insideOr && reserved.has(step)) {
      throw reader.error(`${step} is Ruler reserved fieldName which cannot be used inside $or.`);
    }
    const path = [...place.path, step];
    const token = reader.next();
    if (token === 'start-object') {
      branches = readObject(reader, { ...place, branches, path });
    } else if (token === 'start-array') {
      const tests = readTests(reader);
      const name = path.join('.');
      branches = (branches.length === 0 ? [new Map()] : branches).map((fields) => new Map(fields).set(name, tests));
    } else {
      throw reader.error(`"${step}" must be an object or an array`);
    }
  }
  if (empty) throw reader.error('Empty objects are not allowed');
  return branches;
}

function readOr(reader: PatternReader, place: Place): readonly Branch[] {
  if (reader.next() !== 'start-array') throw reader.error('It must be an Array followed with $or.');
  const start = place.branches.length === 0 ? [new Map<string, readonly ValueTest[]>()] : place.branches;
  const branches: Branch[] = [];
  let members = 0;
  for (let token = reader.next(); token !== 'end-array'; token = reader.next()) {
    members += 1;
    if (token !== 'start-object') throw reader.error('Only JSON object is allowed in array of $or relationship.');
    branches.push(...readObject(reader, { ...place, branches: start, insideOr: true }));
    if (branches.length > combinationsMax) throw tooManyCombinations();
  }
  if (members < 2) throw reader.error('There must have at least 2 Objects in $or relationship.');
  return branches;
}

/** AWS documents the limit, not the words. */
function tooManyCombinations(): InvalidPatternError {
  return new InvalidPatternError(`The pattern has more than ${combinationsMax} rule combinations`);
}

function readTests(reader: PatternReader): readonly ValueTest[] {
  const tests: ValueTest[] = [];
  for (let token = reader.next(); token !== 'end-array'; token = reader.next()) tests.push(readTest(reader, token));
  if (tests.length === 0) throw reader.error('Empty arrays are not allowed');
  return tests;
}

function readTest(reader: PatternReader, token: Token): ValueTest {
  switch (token) {
    case 'start-object':
      return readMatchExpression(reader);
    case 'string':
      return exactTest(reader.text());
    case 'number':
      return numberTest(reader.text());
    case 'true':
    case 'false':
    case 'null':
      return { kind: 'literal', value: token };
    default:
      throw reader.error('Match value must be String, number, true, false, or null');
  }
}

function usesWildcard(test: ValueTest): boolean {
  return test.kind === 'wildcard' || (test.kind === 'anything-but' && test.not.some((not) => not.kind === 'wildcard'));
}
