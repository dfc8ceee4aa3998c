import type { PositiveTest, ValueTest } from './value-test.ts';
import type { Wildcard } from './wildcard.ts';

/**
 * In how many places of a field's wildcards a matcher may have to be at once, on the worst value: event-ruler's measure
 * of a pattern that is too complex. Stops looking above `max`, and is not exact where a bound is enough to stay below.
 *
 * @see https://github.com/aws/event-ruler, MachineComplexityEvaluator
 */
export function wildcardComplexity(tests: readonly ValueTest[], max: number): number {
  const machine = distinct(tests.flatMap(wildcardsOf)).map(places);
  const bound = machine.reduce((sum, chars) => sum + placesAtOnceMax(chars), 0);
  if (bound <= max) return bound;
  const alphabet = new Set(machine.flatMap((chars) => chars.filter((char) => char !== star)));
  alphabet.add('\u0000');

  const start: Positions = machine.map(() => [-1]);
  const seen = new Set<string>([JSON.stringify(start)]);
  const queue = [start];
  let complexity = 0;
  for (const positions of queue) {
    for (const char of alphabet) {
      const following = positions.map((active, index) => step(machine[index] ?? [], active, char));
      const key = JSON.stringify(following);
      if (seen.has(key)) continue;
      seen.add(key);
      complexity = Math.max(complexity, following.flat().length);
      if (complexity > max || seen.size > statesMax) return max + 1;
      queue.push(following);
    }
  }
  return complexity;
}

/**
 * A bound without building the machine: all stars at once, and of each literal between them as many places as it has
 * beginnings that are ends of one another, which its borders tell.
 */
function placesAtOnceMax(chars: readonly string[]): number {
  let most = 0;
  let literal: string[] = [];
  for (const char of chars) {
    if (char !== star) {
      literal.push(char);
      continue;
    }
    most += 1 + nestedBorders(literal);
    literal = [];
  }
  return most + nestedBorders(literal);
}

/** The longest chain of beginnings of the text of which each ends the next. */
function nestedBorders(text: readonly string[]): number {
  const border = [0];
  const depth = [0, 1];
  for (let at = 1; at < text.length; at += 1) {
    let length = border[at - 1] ?? 0;
    while (length > 0 && text[at] !== text[length]) length = border[length - 1] ?? 0;
    if (text[at] === text[length]) length += 1;
    border[at] = length;
    depth[at + 1] = (depth[length] ?? 0) + 1;
  }
  return text.length === 0 ? 0 : Math.max(...depth);
}

/** Of each wildcard, the places it may be in: indexes of the character read last. */
type Positions = readonly (readonly number[])[];

const star = '*any*';
/** More states than this and the pattern is too complex, whatever its measure. */
const statesMax = 20_000;

function wildcardsOf(test: ValueTest): Wildcard[] {
  const tests: readonly (PositiveTest | ValueTest)[] = test.kind === 'anything-but' ? test.not : [test];
  return tests.flatMap((positive) => (positive.kind === 'wildcard' ? [positive.value] : []));
}

function distinct(wildcards: readonly Wildcard[]): readonly Wildcard[] {
  return [...new Map(wildcards.map((wildcard) => [JSON.stringify(wildcard.literals), wildcard])).values()];
}

/** The characters of a wildcard between its quotes, stars marked. */
function places({ literals }: Wildcard): readonly string[] {
  return ['"', ...literals.flatMap((literal, index) => (index === 0 ? [] : [star]).concat(literal.split(''))), '"'];
}

function step(chars: readonly string[], active: readonly number[], char: string): number[] {
  const following = new Set<number>();
  const tryAt = (index: number): void => {
    const expected = chars[index];
    if (expected === star) {
      following.add(index);
      if (chars[index + 1] === char) following.add(index + 1);
    } else if (expected === char) {
      following.add(index);
    }
  };
  for (const index of active) {
    tryAt(index + 1);
    if (chars[index] === star) tryAt(index);
  }
  return [...following].sort((a, b) => a - b);
}
