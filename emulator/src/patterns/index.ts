export { InvalidPatternError } from './invalid-pattern-error.ts';
export { createRuleSet } from './rule-set.ts';
export type { RuleSet } from './rule-set.ts';
export { matchesPattern, validatePattern } from './matches-pattern.ts';
export type { PatternFacts } from './matches-pattern.ts';
