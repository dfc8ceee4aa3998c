import { compilePattern } from './compile-pattern.ts';
import { createRuleSet } from './rule-set.ts';

/** What a quota counts of a valid pattern. */
export interface PatternFacts {
  /** It uses `wildcard` somewhere: a bus takes only so many such rules. */
  readonly wildcard: boolean;
  /** Of the members of its `$or`s, multiplied. */
  readonly combinations: number;
}

/**
 * Says whether EventBridge takes a pattern, given as JSON text or as an object that stands for it.
 *
 * @throws InvalidPatternError with AWS's words
 */
export function validatePattern(pattern: string | object): PatternFacts {
  const { branches, wildcard } = compilePattern(typeof pattern === 'string' ? pattern : JSON.stringify(pattern));
  return { wildcard, combinations: branches.length };
}

/**
 * Does the event match the pattern? For one question; a rule set answers many.
 *
 * @throws InvalidPatternError for the pattern, SyntaxError for an event that is no JSON object
 */
export function matchesPattern(pattern: string | object, event: string | object): boolean {
  const rules = createRuleSet();
  rules.add('rule', pattern);
  return rules.matches(event).length > 0;
}
