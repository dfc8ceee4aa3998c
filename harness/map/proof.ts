import type { SubjectMapping } from 'parallax-translator/mappings';
import { relate, relationWord, shortestDifference } from '../subjects/decide.ts';
import { filterLanguage } from '../subjects/language.ts';
import { ruleLanguage } from '../subjects/rule-language.ts';
import { smallPairs } from './law-cases.ts';
import { attempt, isUnmappable } from './law-check.ts';

/** Filters whose rule was proven, over all subjects there are, to be exactly the filter. */
export interface Proof {
  readonly filters: number;
  /** The first filter whose rule is another set, with the shortest subject on which they differ. */
  readonly difference?: { readonly filter: string; readonly subject: string };
}

/** Proves small filters one by one. The mapping's events must have the exact mapping's form. */
export function proveRules(mapping: SubjectMapping): Proof {
  let filters = 0;
  for (const filter of new Set(smallPairs().map(([one]) => one))) {
    const made = attempt(() => mapping.rule(filter));
    if ('error' in made) {
      if (isUnmappable(made.error)) continue;
      throw made.error;
    }
    const relation = relate(filterLanguage(filter), ruleLanguage(made.value));
    const subject = shortestDifference(relation);
    if (subject !== undefined) return { filters, difference: { filter, subject } };
    if (relationWord(relation) === 'equal') filters += 1;
  }
  return { filters };
}
